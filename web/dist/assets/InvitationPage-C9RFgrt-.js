import{d as e,u as t,v as n,y as r}from"./react-Com9ocF_.js";import{B as i,Ct as a,K as o,L as s,U as c,nt as l,xt as u,z as d}from"./parts-DU_TFh7J.js";import{n as f,t as p}from"./Bare-Sc9VIlUK.js";var m=r(),h=u(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`),g=t(`/invite/$token`);function _(){let{token:t}=g.useParams(),r=l(),u=n(),{submit:_,errors:v,isBusy:y}=i(h,e=>e.acceptInvitation),b=async e=>{let{name:n=``,password:i=``}=d(e);await _({input:{token:t,name:n,password:i}})&&(r.restart(),u.history.replace(`/watches`))};return v.token?(0,m.jsxs)(p,{title:`Join your firm`,children:[(0,m.jsx)(`p`,{role:`alert`,children:v.token}),(0,m.jsx)(e,{to:`/sign-in`,children:`Sign in`})]}):(0,m.jsx)(p,{title:`Join your firm`,children:(0,m.jsxs)(`form`,{className:f.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),b(e.currentTarget)},children:[(0,m.jsx)(s,{errors:v}),(0,m.jsx)(o,{id:`name`,name:`name`,label:`Your name`,autoComplete:`name`,error:v.name}),(0,m.jsx)(c,{id:`password`,name:`password`,label:`Password`,hint:`8 or more characters.`,autoComplete:`new-password`,error:v.password}),(0,m.jsx)(a,{look:`main`,type:`submit`,isBusy:y,busyText:`Joining…`,children:`Join`})]})})}export{_ as InvitationPage};