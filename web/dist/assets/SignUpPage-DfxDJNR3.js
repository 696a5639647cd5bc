import{d as e,u as t,v as n,y as r}from"./react-Com9ocF_.js";import{c as i}from"./data-BtsfOPlW.js";import{B as a,L as o,R as s,St as c,V as l,W as u,q as d,rt as f,wt as p}from"./parts-KJIFvZj4.js";import{n as m,t as h}from"./Bare-BLrA4rXY.js";var g=r(),_=c(`
  query SignUpPage {
    signUpAllowed
  }
`),v=c(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`),y=t(`/sign-up`);function b(){let[{data:t}]=i({query:_});return t?.signUpAllowed===!1?(0,g.jsxs)(h,{title:`Set up your firm`,children:[(0,g.jsx)(`p`,{children:`On this server, firms are set up by whoever runs it. Ask a colleague for an invitation.`}),(0,g.jsx)(e,{to:`/sign-in`,children:`Sign in`})]}):(0,g.jsx)(h,{title:`Set up your firm`,help:(0,g.jsx)(e,{to:`/sign-in`,children:`I have an account already`}),children:(0,g.jsx)(x,{})})}function x(){let{next:e}=y.useSearch(),t=f(),r=n(),{submit:i,errors:c,isBusy:h}=l(v,e=>e.signUp);return(0,g.jsxs)(o,{className:m.form,onSubmit:async n=>{let{firmName:o=``,name:s=``,email:c=``,password:l=``}=a(n);await i({input:{firmName:o,name:s,email:c,password:l}})&&(t.restart(),r.history.replace(e??`/watches`))},children:[(0,g.jsx)(s,{errors:c}),(0,g.jsx)(d,{id:`firmName`,name:`firmName`,label:`Firm`,autoComplete:`organization`,error:c.firmName}),(0,g.jsx)(d,{id:`name`,name:`name`,label:`Your name`,autoComplete:`name`,error:c.name}),(0,g.jsx)(d,{id:`email`,name:`email`,type:`email`,label:`E-mail`,autoComplete:`username`,error:c.email}),(0,g.jsx)(u,{id:`password`,name:`password`,label:`Password`,hint:`8 or more characters.`,autoComplete:`new-password`,error:c.password}),(0,g.jsx)(p,{look:`main`,type:`submit`,isBusy:h,busyText:`Setting up…`,children:`Set up your firm`})]})}export{b as SignUpPage};