import{d as e,u as t,v as n,y as r}from"./react-Com9ocF_.js";import{c as i}from"./data-BtsfOPlW.js";import{B as a,Ct as o,K as s,L as c,U as l,nt as u,xt as d,z as f}from"./parts-DU_TFh7J.js";import{n as p,t as m}from"./Bare-Sc9VIlUK.js";var h=r(),g=d(`
  query SignUpPage {
    signUpAllowed
  }
`),_=d(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`),v=t(`/sign-up`);function y(){let[{data:t}]=i({query:g});return t?.signUpAllowed===!1?(0,h.jsxs)(m,{title:`Set up your firm`,children:[(0,h.jsx)(`p`,{children:`On this server, firms are set up by whoever runs it. Ask a colleague for an invitation.`}),(0,h.jsx)(e,{to:`/sign-in`,children:`Sign in`})]}):(0,h.jsx)(m,{title:`Set up your firm`,help:(0,h.jsx)(e,{to:`/sign-in`,children:`I have an account already`}),children:(0,h.jsx)(b,{})})}function b(){let{next:e}=v.useSearch(),t=u(),r=n(),{submit:i,errors:d,isBusy:m}=a(_,e=>e.signUp),g=async n=>{let{firmName:a=``,name:o=``,email:s=``,password:c=``}=f(n);await i({input:{firmName:a,name:o,email:s,password:c}})&&(t.restart(),r.history.replace(e??`/watches`))};return(0,h.jsxs)(`form`,{className:p.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),g(e.currentTarget)},children:[(0,h.jsx)(c,{errors:d}),(0,h.jsx)(s,{id:`firmName`,name:`firmName`,label:`Firm`,autoComplete:`organization`,error:d.firmName}),(0,h.jsx)(s,{id:`name`,name:`name`,label:`Your name`,autoComplete:`name`,error:d.name}),(0,h.jsx)(s,{id:`email`,name:`email`,type:`email`,label:`E-mail`,autoComplete:`username`,error:d.email}),(0,h.jsx)(l,{id:`password`,name:`password`,label:`Password`,hint:`8 or more characters.`,autoComplete:`new-password`,error:d.password}),(0,h.jsx)(o,{look:`main`,type:`submit`,isBusy:m,busyText:`Setting up…`,children:`Set up your firm`})]})}export{y as SignUpPage};