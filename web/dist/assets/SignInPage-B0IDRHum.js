import{d as e,u as t,v as n,y as r}from"./react-Com9ocF_.js";import{c as i}from"./data-BtsfOPlW.js";import{St as a,rt as o}from"./parts-KJIFvZj4.js";import{t as s}from"./Bare-BLrA4rXY.js";import{t as c}from"./index-DnuZwOHm.js";var l=r(),u=a(`
  query SignInPage {
    signUpAllowed
  }
`),d=t(`/sign-in`);function f(){let{next:t}=d.useSearch(),r=o(),a=n(),[{data:f}]=i({query:u});return(0,l.jsxs)(s,{title:`Sign in`,help:`Forgotten the password? An administrator of your firm can help.`,children:[(0,l.jsx)(c,{onSignedIn:()=>{r.restart(),a.history.replace(t??`/watches`)}}),f?.signUpAllowed&&(0,l.jsxs)(`p`,{children:[`No account yet? `,(0,l.jsx)(e,{to:`/sign-up`,children:`Set up your firm`})]})]})}export{f as SignInPage};