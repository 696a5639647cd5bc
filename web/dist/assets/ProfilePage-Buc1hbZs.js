import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{n as t,t as n}from"./Card-33rV8uu6.js";import{n as r}from"./choices-DxazJN9S.js";import{C as i,E as a,S as o,a as s,f as c,h as l,j as u,k as d,o as f,r as p,u as m}from"./index-DBLtO39t.js";import{n as h,t as g,u as _}from"./Title-BUyun283.js";import{h as v,y}from"./react-CGevX76V.js";import{n as b,t as x}from"./form-DwR7VZcj.js";import{t as S}from"./ErrorSummary-BlCbJFOo.js";import{t as C}from"./settings.module-BKY_967h.js";import{s as w}from"./data-EZAO582-.js";import{t as T}from"./Time-2VavRT12.js";import{t as E}from"./Skeleton-CmlQH4ns.js";var D=e(y(),1),O=v(),k=d(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user { id name }
      userErrors { code message path }
    }
  }
`);function A(){let e=a(),{submit:r,errors:i,isBusy:o}=b(k,e=>e.updateProfile),[c,l]=(0,D.useState)(!1),u=async e=>{l(!1);let{name:t=``}=x(e);await r({input:{name:t}})&&(l(!0),f(`Saved.`))};return(0,O.jsx)(n,{title:`You`,children:(0,O.jsx)(t,{children:(0,O.jsxs)(`form`,{className:C.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),u(e.currentTarget)},children:[(0,O.jsx)(S,{errors:i}),(0,O.jsx)(s,{id:`name`,name:`name`,label:`Name`,autoComplete:`name`,defaultValue:e.name,error:i.name}),(0,O.jsx)(s,{label:`E-mail`,value:e.email,readOnly:!0}),(0,O.jsxs)(`div`,{children:[(0,O.jsx)(h,{type:`submit`,isBusy:o,busyText:`Saving…`,children:`Save name`}),c&&(0,O.jsx)(`span`,{className:C.done,children:` Saved.`})]})]})})})}var j=d(`
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
`);function M(){let{email:e}=a(),{submit:r,errors:i,isBusy:o}=b(j,e=>e.changePassword),[s,l]=(0,D.useState)(!1),u=async e=>{l(!1);let{currentPassword:t=``,newPassword:n=``}=x(e);await r({input:{currentPassword:t,newPassword:n}})&&(e.reset(),l(!0),f(`The password is changed. Your other sessions have ended.`))};return(0,O.jsx)(n,{title:`Password`,children:(0,O.jsx)(t,{children:(0,O.jsxs)(`form`,{className:C.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),u(e.currentTarget)},children:[(0,O.jsx)(S,{errors:i}),s&&(0,O.jsx)(c,{tone:`ok`,children:`The password is changed. Your other sessions have ended.`}),(0,O.jsx)(`input`,{type:`email`,name:`username`,autoComplete:`username`,value:e,readOnly:!0,hidden:!0}),(0,O.jsx)(p,{id:`currentPassword`,name:`currentPassword`,label:`Password until now`,autoComplete:`current-password`,error:i.currentPassword}),(0,O.jsx)(p,{id:`newPassword`,name:`newPassword`,label:`New password`,hint:`8 or more characters. Your other sessions end.`,autoComplete:`new-password`,error:i.newPassword}),(0,O.jsx)(`div`,{children:(0,O.jsx)(h,{type:`submit`,isBusy:o,busyText:`Saving…`,children:`Change password`})})]})})})}var N=[[/Edg\//,`Edge`],[/OPR\//,`Opera`],[/Firefox\//,`Firefox`],[/Chrom(e|ium)\//,`Chrome`],[/Safari\//,`Safari`]],P=[[/iPhone|iPad/,`iOS`],[/Android/,`Android`],[/Windows/,`Windows`],[/Mac OS X/,`macOS`],[/Linux/,`Linux`]];function F(e){if(!e)return`Unknown device`;let t=N.find(([t])=>t.test(e))?.[1],n=P.find(([t])=>t.test(e))?.[1];return t&&n?`${t} on ${n}`:t??n??e}var I=d(`
  query Sessions {
    viewer {
      id
      sessions { id createdAt lastSeenAt userAgent current }
    }
  }
`),L=d(`
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
`);function R(){let[{data:e,error:r},i]=w({query:I,requestPolicy:`cache-and-network`}),{submit:a,errors:o}=b(L,e=>e.revokeSession),s=async e=>{await a({id:e})&&f(`The session has ended.`)},d=e?.viewer?.sessions;return(0,O.jsxs)(n,{title:`Where you are signed in`,children:[Object.values(o).map(e=>(0,O.jsx)(t,{children:(0,O.jsx)(c,{tone:`danger`,role:`alert`,children:e})},e)),d?(0,O.jsx)(`ul`,{className:C.rows,children:d.map(e=>(0,O.jsxs)(`li`,{children:[(0,O.jsxs)(`div`,{children:[F(e.userAgent),` `,e.current&&(0,O.jsx)(m,{tone:`ok`,children:`This browser`}),(0,O.jsxs)(`div`,{className:`mut small`,children:[`Signed in `,(0,O.jsx)(T,{at:e.createdAt,as:l}),`, last seen`,` `,(0,O.jsx)(T,{at:e.lastSeenAt,as:l})]})]}),!e.current&&(0,O.jsx)(h,{isSmall:!0,onClick:()=>s(e.id),"aria-label":`Sign out ${F(e.userAgent)}`,children:`Sign out`})]},e.id))}):r?(0,O.jsx)(u,{what:`The sessions`,reason:_(r),onRetry:()=>i({requestPolicy:`network-only`})}):(0,O.jsx)(E,{rows:2})]})}function z(){let e=i();return(0,O.jsxs)(`div`,{className:C.columns,children:[(0,O.jsx)(g,{children:`Profile`}),(0,O.jsxs)(`div`,{className:C.stack,children:[(0,O.jsx)(A,{}),(0,O.jsx)(M,{})]}),(0,O.jsxs)(`div`,{className:C.stack,children:[(0,O.jsx)(R,{}),(0,O.jsx)(n,{title:`Keys`,children:(0,O.jsx)(t,{children:(0,O.jsx)(r,{label:`Single keys`,hint:`/ finds a watch, s syncs, p previews, e edits, ? lists them. In this browser.`,checked:e,onChange:e=>o(e.target.checked)})})})]})]})}export{z as ProfilePage};