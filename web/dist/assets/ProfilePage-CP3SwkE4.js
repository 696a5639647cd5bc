import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{c as t,o as n,p as r,s as i,t as a}from"./Button-C8NHamxl.js";import{i as o}from"./choices-BLJz2O9A.js";import{$ as s,B as c,N as l,Q as u,ft as d,r as f,rt as p}from"./index-XkiQgwgW.js";import{C as m,y as h}from"./react-Com9ocF_.js";import{t as g}from"./graphql-HPN4ApZR.js";import{n as _,t as v}from"./form-DnomhAQv.js";import{t as y}from"./ErrorSummary-AMg8HbYd.js";import{i as b,t as x}from"./inputs-DFdweWfc.js";import{t as S}from"./settings.module-BKY_967h.js";import{t as C}from"./Note-lOhl5eEp.js";import{c as w}from"./data-BtsfOPlW.js";import{t as T}from"./Time-CqP6R6PI.js";import{t as E}from"./Skeleton-NdxyV_oN.js";var D=e(m(),1),O=h(),k=g(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user { id name }
      userErrors { code message path }
    }
  }
`);function A(){let e=p(),{submit:n,errors:r,isBusy:o}=_(k,e=>e.updateProfile),[s,c]=(0,D.useState)(!1),l=async e=>{c(!1);let{name:t=``}=v(e);await n({input:{name:t}})&&(c(!0),f(`Saved.`))};return(0,O.jsx)(i,{title:`You`,children:(0,O.jsx)(t,{children:(0,O.jsxs)(`form`,{className:S.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),l(e.currentTarget)},children:[(0,O.jsx)(y,{errors:r}),(0,O.jsx)(b,{id:`name`,name:`name`,label:`Name`,autoComplete:`name`,defaultValue:e.name,error:r.name}),(0,O.jsx)(b,{label:`E-mail`,value:e.email,readOnly:!0}),(0,O.jsxs)(`div`,{children:[(0,O.jsx)(a,{type:`submit`,isBusy:o,busyText:`Saving…`,children:`Save name`}),s&&(0,O.jsx)(`span`,{className:S.done,children:` Saved.`})]})]})})})}var j=g(`
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
`);function M(){let{email:e}=p(),{submit:n,errors:r,isBusy:o}=_(j,e=>e.changePassword),[s,c]=(0,D.useState)(!1),l=async e=>{c(!1);let{currentPassword:t=``,newPassword:r=``}=v(e);await n({input:{currentPassword:t,newPassword:r}})&&(e.reset(),c(!0),f(`The password is changed. Your other sessions have ended.`))};return(0,O.jsx)(i,{title:`Password`,children:(0,O.jsx)(t,{children:(0,O.jsxs)(`form`,{className:S.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),l(e.currentTarget)},children:[(0,O.jsx)(y,{errors:r}),s&&(0,O.jsx)(C,{tone:`ok`,children:`The password is changed. Your other sessions have ended.`}),(0,O.jsx)(`input`,{type:`email`,name:`username`,autoComplete:`username`,value:e,readOnly:!0,hidden:!0}),(0,O.jsx)(x,{id:`currentPassword`,name:`currentPassword`,label:`Password until now`,autoComplete:`current-password`,error:r.currentPassword}),(0,O.jsx)(x,{id:`newPassword`,name:`newPassword`,label:`New password`,hint:`8 or more characters. Your other sessions end.`,autoComplete:`new-password`,error:r.newPassword}),(0,O.jsx)(`div`,{children:(0,O.jsx)(a,{type:`submit`,isBusy:o,busyText:`Saving…`,children:`Change password`})})]})})})}var N=[[/Edg\//,`Edge`],[/OPR\//,`Opera`],[/Firefox\//,`Firefox`],[/Chrom(e|ium)\//,`Chrome`],[/Safari\//,`Safari`]],P=[[/iPhone|iPad/,`iOS`],[/Android/,`Android`],[/Windows/,`Windows`],[/Mac OS X/,`macOS`],[/Linux/,`Linux`]];function F(e){if(!e)return`Unknown device`;let t=N.find(([t])=>t.test(e))?.[1],n=P.find(([t])=>t.test(e))?.[1];return t&&n?`${t} on ${n}`:t??n??e}var I=g(`
  query Sessions {
    viewer {
      id
      sessions { id createdAt lastSeenAt userAgent current }
    }
  }
`),L=g(`
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
`);function R(){let[{data:e,error:n},o]=w({query:I,requestPolicy:`cache-and-network`}),{submit:s,errors:u}=_(L,e=>e.revokeSession),p=async e=>{await s({id:e})&&f(`The session has ended.`)},m=e?.viewer?.sessions;return(0,O.jsxs)(i,{title:`Where you are signed in`,children:[Object.values(u).map(e=>(0,O.jsx)(t,{children:(0,O.jsx)(C,{tone:`danger`,role:`alert`,children:e})},e)),m?(0,O.jsx)(`ul`,{className:S.rows,children:m.map(e=>(0,O.jsxs)(`li`,{children:[(0,O.jsxs)(`div`,{children:[F(e.userAgent),` `,e.current&&(0,O.jsx)(l,{tone:`ok`,children:`This browser`}),(0,O.jsxs)(`div`,{className:`mut small`,children:[`Signed in `,(0,O.jsx)(T,{at:e.createdAt,as:c}),`, last seen`,` `,(0,O.jsx)(T,{at:e.lastSeenAt,as:c})]})]}),!e.current&&(0,O.jsx)(a,{isSmall:!0,onClick:()=>p(e.id),"aria-label":`Sign out ${F(e.userAgent)}`,children:`Sign out`})]},e.id))}):n?(0,O.jsx)(d,{what:`The sessions`,reason:r(n),onRetry:()=>o({requestPolicy:`network-only`})}):(0,O.jsx)(E,{rows:2})]})}function z(){let e=s();return(0,O.jsxs)(`div`,{className:S.columns,children:[(0,O.jsx)(n,{children:`Profile`}),(0,O.jsxs)(`div`,{className:S.stack,children:[(0,O.jsx)(A,{}),(0,O.jsx)(M,{})]}),(0,O.jsxs)(`div`,{className:S.stack,children:[(0,O.jsx)(R,{}),(0,O.jsx)(i,{title:`Keys`,children:(0,O.jsx)(t,{children:(0,O.jsx)(o,{label:`Single keys`,hint:`/ finds a watch, s syncs, p previews, e edits, ? lists them. In this browser.`,checked:e,onChange:e=>u(e.target.checked)})})})]})]})}export{z as ProfilePage};