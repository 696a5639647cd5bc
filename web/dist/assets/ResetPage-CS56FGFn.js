import{d as e,u as t,v as n,y as r}from"./react-Com9ocF_.js";import{B as i,Ct as a,L as o,U as s,nt as c,xt as l,z as u}from"./parts-DU_TFh7J.js";import{n as d,t as f}from"./Bare-Sc9VIlUK.js";var p=r(),m=l(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`),h=t(`/reset/$token`);function g(){let{token:t}=h.useParams(),r=c(),l=n(),{submit:g,errors:_,isBusy:v}=i(m,e=>e.resetPassword),y=async e=>{let{newPassword:n=``}=u(e);await g({input:{token:t,newPassword:n}})&&(r.restart(),l.history.replace(`/watches`))};return _.token?(0,p.jsxs)(f,{title:`Choose a new password`,children:[(0,p.jsx)(`p`,{role:`alert`,children:`This link has been used or is over a day old. Ask an administrator for a new one.`}),(0,p.jsx)(e,{to:`/sign-in`,children:`Sign in`})]}):(0,p.jsx)(f,{title:`Choose a new password`,help:`All other sessions end.`,children:(0,p.jsxs)(`form`,{className:d.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),y(e.currentTarget)},children:[(0,p.jsx)(o,{errors:_}),(0,p.jsx)(s,{id:`newPassword`,name:`newPassword`,label:`New password`,hint:`8 or more characters.`,autoComplete:`new-password`,error:_.newPassword}),(0,p.jsx)(a,{look:`main`,type:`submit`,isBusy:v,busyText:`Saving…`,children:`Save and sign in`})]})})}export{g as ResetPage};