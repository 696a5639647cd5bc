import{d as e,u as t,v as n,y as r}from"./react-Com9ocF_.js";import{c as i}from"./data-BtsfOPlW.js";import{t as a}from"./graphql-HPN4ApZR.js";import{n as o}from"./api-Ai5h5ugk.js";import{n as s,t as c}from"./form-DnomhAQv.js";import{t as l}from"./Button-C8NHamxl.js";import{t as u}from"./ErrorSummary-AMg8HbYd.js";import{i as d,t as f}from"./inputs-DFdweWfc.js";import{n as p,t as m}from"./Bare-Cuu8MCt6.js";var h=r(),g=a(`
  query SignUpPage {
    signUpAllowed
  }
`),_=a(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`),v=t(`/sign-up`);function y(){let[{data:t}]=i({query:g});return t?.signUpAllowed===!1?(0,h.jsxs)(m,{title:`Set up your firm`,children:[(0,h.jsx)(`p`,{children:`On this server, firms are set up by whoever runs it. Ask a colleague for an invitation.`}),(0,h.jsx)(e,{to:`/sign-in`,children:`Sign in`})]}):(0,h.jsx)(m,{title:`Set up your firm`,help:(0,h.jsx)(e,{to:`/sign-in`,children:`I have an account already`}),children:(0,h.jsx)(b,{})})}function b(){let{next:e}=v.useSearch(),t=o(),r=n(),{submit:i,errors:a,isBusy:m}=s(_,e=>e.signUp),g=async n=>{let{firmName:a=``,name:o=``,email:s=``,password:l=``}=c(n);await i({input:{firmName:a,name:o,email:s,password:l}})&&(t.restart(),r.history.replace(e??`/watches`))};return(0,h.jsxs)(`form`,{className:p.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),g(e.currentTarget)},children:[(0,h.jsx)(u,{errors:a}),(0,h.jsx)(d,{id:`firmName`,name:`firmName`,label:`Firm`,autoComplete:`organization`,error:a.firmName}),(0,h.jsx)(d,{id:`name`,name:`name`,label:`Your name`,autoComplete:`name`,error:a.name}),(0,h.jsx)(d,{id:`email`,name:`email`,type:`email`,label:`E-mail`,autoComplete:`username`,error:a.email}),(0,h.jsx)(f,{id:`password`,name:`password`,label:`Password`,hint:`8 or more characters.`,autoComplete:`new-password`,error:a.password}),(0,h.jsx)(l,{look:`main`,type:`submit`,isBusy:m,busyText:`Setting up…`,children:`Set up your firm`})]})}export{y as SignUpPage};