import{c as e,h as t,l as n,m as r}from"./react-CGevX76V.js";import{s as i}from"./data-EZAO582-.js";import{k as a,s as o,t as s}from"./index-DBLtO39t.js";import{t as c}from"./Bare-B-8YArnw.js";var l=t(),u=a(`
  query SignInPage {
    signUpAllowed
  }
`),d=e(`/sign-in`);function f(){let{next:e}=d.useSearch(),t=o(),a=r(),[{data:f}]=i({query:u});return(0,l.jsxs)(c,{title:`Sign in`,help:`Forgotten the password? An administrator of your firm can help.`,children:[(0,l.jsx)(s,{onSignedIn:()=>{t.restart(),a.history.replace(e??`/watches`)}}),f?.signUpAllowed&&(0,l.jsxs)(`p`,{children:[`No account yet? `,(0,l.jsx)(n,{to:`/sign-up`,children:`Set up your firm`})]})]})}export{f as SignInPage};