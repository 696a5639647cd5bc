import{d as e,u as t,v as n,y as r}from"./react-Com9ocF_.js";import{c as i}from"./data-BtsfOPlW.js";import{nt as a,xt as o}from"./parts-DU_TFh7J.js";import{t as s}from"./Bare-Sc9VIlUK.js";import{t as c}from"./index-z1Yjg7Ty.js";var l=r(),u=o(`
  query SignInPage {
    signUpAllowed
  }
`),d=t(`/sign-in`);function f(){let{next:t}=d.useSearch(),r=a(),o=n(),[{data:f}]=i({query:u});return(0,l.jsxs)(s,{title:`Sign in`,help:`Forgotten the password? An administrator of your firm can help.`,children:[(0,l.jsx)(c,{onSignedIn:()=>{r.restart(),o.history.replace(t??`/watches`)}}),f?.signUpAllowed&&(0,l.jsxs)(`p`,{children:[`No account yet? `,(0,l.jsx)(e,{to:`/sign-up`,children:`Set up your firm`})]})]})}export{f as SignInPage};