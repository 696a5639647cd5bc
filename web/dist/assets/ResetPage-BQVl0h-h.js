import{d as e,u as t,v as n,y as r}from"./react-Com9ocF_.js";import{B as i,L as a,R as o,St as s,V as c,W as l,rt as u,wt as d}from"./parts-KJIFvZj4.js";import{n as f,t as p}from"./Bare-BLrA4rXY.js";var m=r(),h=s(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`),g=t(`/reset/$token`);function _(){let{token:t}=g.useParams(),r=u(),s=n(),{submit:_,errors:v,isBusy:y}=c(h,e=>e.resetPassword);return v.token?(0,m.jsxs)(p,{title:`Choose a new password`,children:[(0,m.jsx)(`p`,{role:`alert`,children:`This link has been used or is over a day old. Ask an administrator for a new one.`}),(0,m.jsx)(e,{to:`/sign-in`,children:`Sign in`})]}):(0,m.jsx)(p,{title:`Choose a new password`,help:`All other sessions end.`,children:(0,m.jsxs)(a,{className:f.form,onSubmit:async e=>{let{newPassword:n=``}=i(e);await _({input:{token:t,newPassword:n}})&&(r.restart(),s.history.replace(`/watches`))},children:[(0,m.jsx)(o,{errors:v}),(0,m.jsx)(l,{id:`newPassword`,name:`newPassword`,label:`New password`,hint:`8 or more characters.`,autoComplete:`new-password`,error:v.newPassword}),(0,m.jsx)(d,{look:`main`,type:`submit`,isBusy:y,busyText:`Saving…`,children:`Save and sign in`})]})})}export{_ as ResetPage};