import{c as e,h as t,l as n,m as r}from"./react-CGevX76V.js";import{s as i}from"./data-EZAO582-.js";import{a,k as o,n as s,r as c,s as l}from"./index-DBLtO39t.js";import{n as u,t as d}from"./form-DwR7VZcj.js";import{n as f}from"./Title-BUyun283.js";import{t as p}from"./ErrorSummary-BlCbJFOo.js";import{t as m}from"./Bare-B-8YArnw.js";var h=t(),g=o(`
  query SignUpPage {
    signUpAllowed
  }
`),_=o(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`),v=e(`/sign-up`);function y(){let[{data:e}]=i({query:g});return e?.signUpAllowed===!1?(0,h.jsxs)(m,{title:`Set up your firm`,children:[(0,h.jsx)(`p`,{children:`On this server, firms are set up by whoever runs it. Ask a colleague for an invitation.`}),(0,h.jsx)(n,{to:`/sign-in`,children:`Sign in`})]}):(0,h.jsx)(m,{title:`Set up your firm`,help:(0,h.jsx)(n,{to:`/sign-in`,children:`I have an account already`}),children:(0,h.jsx)(b,{})})}function b(){let{next:e}=v.useSearch(),t=l(),n=r(),{submit:i,errors:o,isBusy:m}=u(_,e=>e.signUp),g=async r=>{let{firmName:a=``,name:o=``,email:s=``,password:c=``}=d(r);await i({input:{firmName:a,name:o,email:s,password:c}})&&(t.restart(),n.history.replace(e??`/watches`))};return(0,h.jsxs)(`form`,{className:s.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),g(e.currentTarget)},children:[(0,h.jsx)(p,{errors:o}),(0,h.jsx)(a,{id:`firmName`,name:`firmName`,label:`Firm`,autoComplete:`organization`,error:o.firmName}),(0,h.jsx)(a,{id:`name`,name:`name`,label:`Your name`,autoComplete:`name`,error:o.name}),(0,h.jsx)(a,{id:`email`,name:`email`,type:`email`,label:`E-mail`,autoComplete:`username`,error:o.email}),(0,h.jsx)(c,{id:`password`,name:`password`,label:`Password`,hint:`8 or more characters.`,autoComplete:`new-password`,error:o.password}),(0,h.jsx)(f,{look:`main`,type:`submit`,isBusy:m,busyText:`Setting up…`,children:`Set up your firm`})]})}export{y as SignUpPage};