import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{B as t,I as n,Jt as r,L as i,R as a,St as o,V as s,W as c,Yt as l,it as u,k as d,lt as f,nn as p,q as m,qt as h,v as g,wt as _}from"./parts-KJIFvZj4.js";import{B as v,F as y,I as b,J as x,k as S,r as C}from"./index-DnuZwOHm.js";import{C as w,y as T}from"./react-Com9ocF_.js";import{t as E}from"./settings.module-BKY_967h.js";import{c as D}from"./data-BtsfOPlW.js";var O=e(w(),1),k=T(),A=o(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user { id name }
      userErrors { code message path }
    }
  }
`);function j(){let e=v(),{submit:n,errors:o,isBusy:c}=s(A,e=>e.updateProfile),[u,d]=(0,O.useState)(!1);return(0,k.jsx)(r,{title:`You`,children:(0,k.jsx)(l,{children:(0,k.jsxs)(i,{className:E.form,onSubmit:async e=>{d(!1);let{name:r=``}=t(e);await n({input:{name:r}})&&(d(!0),C(`Saved.`))},children:[(0,k.jsx)(a,{errors:o}),(0,k.jsx)(m,{id:`name`,name:`name`,label:`Name`,autoComplete:`name`,defaultValue:e.name,error:o.name}),(0,k.jsx)(m,{label:`E-mail`,value:e.email,readOnly:!0}),(0,k.jsxs)(`div`,{children:[(0,k.jsx)(_,{type:`submit`,isBusy:c,busyText:`Saving…`,children:`Save name`}),u&&(0,k.jsx)(`span`,{className:E.done,children:` Saved.`})]})]})})})}var M=o(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      query {
        viewer {
          id
          sessions { id createdAt lastSeenAt userAgent current }
        }
      }
      userErrors { code message path }
    }
  }
`);function N(){let{email:e}=v(),{submit:n,errors:o,isBusy:d}=s(M,e=>e.changePassword),[f,p]=(0,O.useState)(!1);return(0,k.jsx)(r,{title:`Password`,children:(0,k.jsx)(l,{children:(0,k.jsxs)(i,{className:E.form,onSubmit:async e=>{p(!1);let{currentPassword:r=``,newPassword:i=``}=t(e);await n({input:{currentPassword:r,newPassword:i}})&&(e.reset(),p(!0),C(`The password is changed. Your other sessions have ended.`))},children:[(0,k.jsx)(a,{errors:o}),f&&(0,k.jsx)(u,{tone:`ok`,children:`The password is changed. Your other sessions have ended.`}),(0,k.jsx)(`input`,{type:`email`,name:`username`,autoComplete:`username`,value:e,readOnly:!0,hidden:!0}),(0,k.jsx)(c,{id:`currentPassword`,name:`currentPassword`,label:`Password until now`,autoComplete:`current-password`,error:o.currentPassword}),(0,k.jsx)(c,{id:`newPassword`,name:`newPassword`,label:`New password`,hint:`8 or more characters. Your other sessions end.`,autoComplete:`new-password`,error:o.newPassword}),(0,k.jsx)(`div`,{children:(0,k.jsx)(_,{type:`submit`,isBusy:d,busyText:`Saving…`,children:`Change password`})})]})})})}var P=[[/Edg\//,`Edge`],[/OPR\//,`Opera`],[/Firefox\//,`Firefox`],[/Chrom(e|ium)\//,`Chrome`],[/Safari\//,`Safari`]],F=[[/iPhone|iPad/,`iOS`],[/Android/,`Android`],[/Windows/,`Windows`],[/Mac OS X/,`macOS`],[/Linux/,`Linux`]];function I(e){if(!e)return`Unknown device`;let t=P.find(([t])=>t.test(e))?.[1],n=F.find(([t])=>t.test(e))?.[1];return t&&n?`${t} on ${n}`:t??n??e}var L=o(`
  query Sessions {
    viewer {
      id
      sessions { id createdAt lastSeenAt userAgent current }
    }
  }
`),R=o(`
  mutation RevokeSession($id: ID!) {
    revokeSession(id: $id) {
      revokedId
      query {
        viewer {
          id
          sessions { id createdAt lastSeenAt userAgent current }
        }
      }
      userErrors { code message path }
    }
  }
`);function z(){let[{data:e,error:t},i]=D({query:L,requestPolicy:`cache-and-network`}),{submit:a,errors:o}=s(R,e=>e.revokeSession),c=async e=>{await a({id:e})&&C(`The session has ended.`)},m=e?.viewer?.sessions;return(0,k.jsxs)(r,{title:`Where you are signed in`,children:[Object.values(o).map(e=>(0,k.jsx)(l,{children:(0,k.jsx)(u,{tone:`danger`,role:`alert`,children:e})},e)),m?(0,k.jsx)(`ul`,{className:E.rows,children:m.map(e=>(0,k.jsxs)(`li`,{children:[(0,k.jsxs)(`div`,{children:[I(e.userAgent),` `,e.current&&(0,k.jsx)(S,{tone:`ok`,children:`This browser`}),(0,k.jsxs)(`div`,{className:`mut small`,children:[`Signed in `,(0,k.jsx)(d,{at:e.createdAt,as:f}),`, last seen`,` `,(0,k.jsx)(d,{at:e.lastSeenAt,as:f})]})]}),!e.current&&(0,k.jsx)(_,{isSmall:!0,onClick:()=>c(e.id),"aria-label":`Sign out ${I(e.userAgent)}`,children:`Sign out`})]},e.id))}):t?(0,k.jsx)(x,{what:`The sessions`,reason:p(t),onRetry:()=>i({requestPolicy:`network-only`})}):(0,k.jsx)(n,{rows:2})]})}function B(){let e=b();return(0,k.jsxs)(`div`,{className:E.columns,children:[(0,k.jsx)(h,{children:`Profile`}),(0,k.jsxs)(`div`,{className:E.stack,children:[(0,k.jsx)(j,{}),(0,k.jsx)(N,{})]}),(0,k.jsxs)(`div`,{className:E.stack,children:[(0,k.jsx)(z,{}),(0,k.jsx)(r,{title:`Keys`,children:(0,k.jsx)(l,{children:(0,k.jsx)(g,{label:`Single keys`,hint:`/ finds a watch, s syncs, p previews, e edits, ? lists them. In this browser.`,checked:e,onChange:e=>y(e.target.checked)})})})]})]})}export{B as ProfilePage};