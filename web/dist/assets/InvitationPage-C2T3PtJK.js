import{d as e,u as t,v as n,y as r}from"./react-Com9ocF_.js";import{B as i,L as a,R as o,St as s,V as c,W as l,q as u,rt as d,wt as f}from"./parts-KJIFvZj4.js";import{n as p,t as m}from"./Bare-BLrA4rXY.js";var h=r(),g=s(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`),_=t(`/invite/$token`);function v(){let{token:t}=_.useParams(),r=d(),s=n(),{submit:v,errors:y,isBusy:b}=c(g,e=>e.acceptInvitation);return y.token?(0,h.jsxs)(m,{title:`Join your firm`,children:[(0,h.jsx)(`p`,{role:`alert`,children:y.token}),(0,h.jsx)(e,{to:`/sign-in`,children:`Sign in`})]}):(0,h.jsx)(m,{title:`Join your firm`,children:(0,h.jsxs)(a,{className:p.form,onSubmit:async e=>{let{name:n=``,password:a=``}=i(e);await v({input:{token:t,name:n,password:a}})&&(r.restart(),s.history.replace(`/watches`))},children:[(0,h.jsx)(o,{errors:y}),(0,h.jsx)(u,{id:`name`,name:`name`,label:`Your name`,autoComplete:`name`,error:y.name}),(0,h.jsx)(l,{id:`password`,name:`password`,label:`Password`,hint:`8 or more characters.`,autoComplete:`new-password`,error:y.password}),(0,h.jsx)(f,{look:`main`,type:`submit`,isBusy:b,busyText:`Joining…`,children:`Join`})]})})}export{v as InvitationPage};