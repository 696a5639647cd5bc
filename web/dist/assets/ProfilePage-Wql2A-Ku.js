import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{B as t,Ct as n,I as r,Jt as i,K as a,Kt as o,L as s,U as c,ct as l,k as u,qt as d,rt as f,tn as p,v as m,xt as h,z as g}from"./parts-DU_TFh7J.js";import{D as _,K as v,N as y,P as b,R as x,r as S}from"./index-z1Yjg7Ty.js";import{C,y as w}from"./react-Com9ocF_.js";import{t as T}from"./settings.module-BKY_967h.js";import{c as E}from"./data-BtsfOPlW.js";var D=e(C(),1),O=w(),k=h(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user { id name }
      userErrors { code message path }
    }
  }
`);function A(){let e=x(),{submit:r,errors:o,isBusy:c}=t(k,e=>e.updateProfile),[l,u]=(0,D.useState)(!1),f=async e=>{u(!1);let{name:t=``}=g(e);await r({input:{name:t}})&&(u(!0),S(`Saved.`))};return(0,O.jsx)(d,{title:`You`,children:(0,O.jsx)(i,{children:(0,O.jsxs)(`form`,{className:T.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),f(e.currentTarget)},children:[(0,O.jsx)(s,{errors:o}),(0,O.jsx)(a,{id:`name`,name:`name`,label:`Name`,autoComplete:`name`,defaultValue:e.name,error:o.name}),(0,O.jsx)(a,{label:`E-mail`,value:e.email,readOnly:!0}),(0,O.jsxs)(`div`,{children:[(0,O.jsx)(n,{type:`submit`,isBusy:c,busyText:`Saving…`,children:`Save name`}),l&&(0,O.jsx)(`span`,{className:T.done,children:` Saved.`})]})]})})})}var j=h(`
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
`);function M(){let{email:e}=x(),{submit:r,errors:a,isBusy:o}=t(j,e=>e.changePassword),[l,u]=(0,D.useState)(!1),p=async e=>{u(!1);let{currentPassword:t=``,newPassword:n=``}=g(e);await r({input:{currentPassword:t,newPassword:n}})&&(e.reset(),u(!0),S(`The password is changed. Your other sessions have ended.`))};return(0,O.jsx)(d,{title:`Password`,children:(0,O.jsx)(i,{children:(0,O.jsxs)(`form`,{className:T.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),p(e.currentTarget)},children:[(0,O.jsx)(s,{errors:a}),l&&(0,O.jsx)(f,{tone:`ok`,children:`The password is changed. Your other sessions have ended.`}),(0,O.jsx)(`input`,{type:`email`,name:`username`,autoComplete:`username`,value:e,readOnly:!0,hidden:!0}),(0,O.jsx)(c,{id:`currentPassword`,name:`currentPassword`,label:`Password until now`,autoComplete:`current-password`,error:a.currentPassword}),(0,O.jsx)(c,{id:`newPassword`,name:`newPassword`,label:`New password`,hint:`8 or more characters. Your other sessions end.`,autoComplete:`new-password`,error:a.newPassword}),(0,O.jsx)(`div`,{children:(0,O.jsx)(n,{type:`submit`,isBusy:o,busyText:`Saving…`,children:`Change password`})})]})})})}var N=[[/Edg\//,`Edge`],[/OPR\//,`Opera`],[/Firefox\//,`Firefox`],[/Chrom(e|ium)\//,`Chrome`],[/Safari\//,`Safari`]],P=[[/iPhone|iPad/,`iOS`],[/Android/,`Android`],[/Windows/,`Windows`],[/Mac OS X/,`macOS`],[/Linux/,`Linux`]];function F(e){if(!e)return`Unknown device`;let t=N.find(([t])=>t.test(e))?.[1],n=P.find(([t])=>t.test(e))?.[1];return t&&n?`${t} on ${n}`:t??n??e}var I=h(`
  query Sessions {
    viewer {
      id
      sessions { id createdAt lastSeenAt userAgent current }
    }
  }
`),L=h(`
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
`);function R(){let[{data:e,error:a},o]=E({query:I,requestPolicy:`cache-and-network`}),{submit:s,errors:c}=t(L,e=>e.revokeSession),m=async e=>{await s({id:e})&&S(`The session has ended.`)},h=e?.viewer?.sessions;return(0,O.jsxs)(d,{title:`Where you are signed in`,children:[Object.values(c).map(e=>(0,O.jsx)(i,{children:(0,O.jsx)(f,{tone:`danger`,role:`alert`,children:e})},e)),h?(0,O.jsx)(`ul`,{className:T.rows,children:h.map(e=>(0,O.jsxs)(`li`,{children:[(0,O.jsxs)(`div`,{children:[F(e.userAgent),` `,e.current&&(0,O.jsx)(_,{tone:`ok`,children:`This browser`}),(0,O.jsxs)(`div`,{className:`mut small`,children:[`Signed in `,(0,O.jsx)(u,{at:e.createdAt,as:l}),`, last seen`,` `,(0,O.jsx)(u,{at:e.lastSeenAt,as:l})]})]}),!e.current&&(0,O.jsx)(n,{isSmall:!0,onClick:()=>m(e.id),"aria-label":`Sign out ${F(e.userAgent)}`,children:`Sign out`})]},e.id))}):a?(0,O.jsx)(v,{what:`The sessions`,reason:p(a),onRetry:()=>o({requestPolicy:`network-only`})}):(0,O.jsx)(r,{rows:2})]})}function z(){let e=b();return(0,O.jsxs)(`div`,{className:T.columns,children:[(0,O.jsx)(o,{children:`Profile`}),(0,O.jsxs)(`div`,{className:T.stack,children:[(0,O.jsx)(A,{}),(0,O.jsx)(M,{})]}),(0,O.jsxs)(`div`,{className:T.stack,children:[(0,O.jsx)(R,{}),(0,O.jsx)(d,{title:`Keys`,children:(0,O.jsx)(i,{children:(0,O.jsx)(m,{label:`Single keys`,hint:`/ finds a watch, s syncs, p previews, e edits, ? lists them. In this browser.`,checked:e,onChange:e=>y(e.target.checked)})})})]})]})}export{z as ProfilePage};