import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{n as t,s as n}from"./data-EZAO582-.js";import{n as r,t as i,u as a}from"./Title-BUyun283.js";import{A as o,T as s,a as c,g as l,i as u,j as d,k as f,o as p,w as m}from"./index-DBLtO39t.js";import{n as h,t as g}from"./Card-33rV8uu6.js";import{t as _}from"./Skeleton-CmlQH4ns.js";import{t as v}from"./AdministratorsOnly-CGjwSF1V.js";import{t as y}from"./settings.module-BKY_967h.js";import{h as b,y as x}from"./react-CGevX76V.js";import{i as S,n as C,r as w,t as T}from"./CopyText-DTNm3QSt.js";import{n as E,t as D}from"./form-DwR7VZcj.js";import{t as O}from"./ErrorSummary-BlCbJFOo.js";import{t as k}from"./Time-2VavRT12.js";var A=e(x(),1),j=b(),M=f(`
  fragment TokenRow on ApiToken {
    id
    name
    access
    createdAt
    lastUsedAt
    expiresAt
    createdBy { id name }
  }
`),N=f(`
  mutation RevokeApiToken($id: ID!) {
    revokeApiToken(id: $id) {
      revokedId
      query {
        viewer {
          id
          apiTokens { id }
        }
      }
      userErrors { code message path }
    }
  }
`);function P({token:e}){let n=t(M,e),[i,a]=(0,A.useState)(!1),{submit:o,errors:s,isBusy:c}=E(N,e=>e.revokeApiToken);return(0,j.jsxs)(`li`,{children:[(0,j.jsxs)(`div`,{children:[(0,j.jsx)(`b`,{children:n.name}),(0,j.jsxs)(`div`,{className:`mut small`,children:[w(n.access),`, made by `,n.createdBy.name,` `,(0,j.jsx)(k,{at:n.createdAt,as:l}),`.`,` `,n.lastUsedAt?(0,j.jsxs)(j.Fragment,{children:[`Last used `,(0,j.jsx)(k,{at:n.lastUsedAt,as:l}),`.`]}):`Never used.`,` `,n.expiresAt&&(0,j.jsxs)(j.Fragment,{children:[`Expires `,(0,j.jsx)(k,{at:n.expiresAt,as:l}),`.`]})]}),Object.values(s).map(e=>(0,j.jsx)(`p`,{role:`alert`,children:e},e))]}),(0,j.jsx)(r,{isSmall:!0,onClick:()=>a(!0),"aria-label":`Revoke ${n.name}`,children:`Revoke`}),(0,j.jsx)(m,{isOpen:i,onClose:()=>a(!1),title:`Revoke ${n.name}?`,confirm:`Revoke for good`,onConfirm:async()=>{let e=await o({id:n.id});a(!1),e&&p(`The token ${n.name} is revoked.`)},isBusy:c,isDanger:!0,children:(0,j.jsx)(`p`,{children:`Programs that use it can no longer sign in.`})})]})}var F=f(`
    mutation CreateApiToken($input: CreateApiTokenInput!) {
      createApiToken(input: $input) {
        secret
        query {
          viewer {
            id
            apiTokens { id ...TokenRow }
          }
        }
        userErrors { code message path }
      }
    }
  `,[M]),I=[[30,`In 30 days`],[90,`In 90 days`],[365,`In a year`],[0,`Never`]];function L(){let{submit:e,errors:t,isBusy:n}=E(F,e=>e.createApiToken),[i,a]=(0,A.useState)(`READ`),[o,l]=(0,A.useState)(),d=async t=>{let{name:n=``,days:r=`0`}=D(t),o=await e({input:{name:n,access:i,expiresAt:R(Number(r),new Date)}});o?.secret&&(t.reset(),a(`READ`),l(o.secret))},f=()=>l(void 0);return(0,j.jsxs)(g,{title:`New token`,children:[(0,j.jsx)(h,{children:(0,j.jsxs)(`form`,{className:y.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),d(e.currentTarget)},children:[(0,j.jsx)(O,{errors:t}),(0,j.jsx)(c,{id:`name`,name:`name`,label:`Name`,hint:`What uses it.`,error:t.name}),(0,j.jsx)(u,{id:`access`,label:`Access`,value:i,onChange:e=>a(e.target.value),hint:C(i),error:t.access,children:S.map(e=>(0,j.jsx)(`option`,{value:e,children:w(e)},e))}),(0,j.jsx)(u,{id:`expiresAt`,name:`days`,label:`Expires`,defaultValue:`365`,error:t.expiresAt,children:I.map(([e,t])=>(0,j.jsx)(`option`,{value:e,children:t},e))}),(0,j.jsx)(`div`,{children:(0,j.jsx)(r,{type:`submit`,isBusy:n,busyText:`Making it…`,children:`Make token`})})]})}),(0,j.jsxs)(s,{isOpen:o!==void 0,onClose:f,title:`The new token`,mustAnswer:!0,actions:(0,j.jsx)(r,{onClick:f,children:`Done`}),children:[(0,j.jsx)(`p`,{children:`Copy it now: it is not shown again.`}),(0,j.jsx)(T,{text:o??``,label:`Copy token`})]})]})}function R(e,t){return e===0?null:new Date(t.getTime()+e*24*60*60*1e3).toISOString()}var z=f(`
    query Tokens {
      viewer {
        id
        apiTokens { id ...TokenRow }
      }
    }
  `,[M]);function B(){return(0,j.jsxs)(v,{what:`API tokens are`,children:[(0,j.jsx)(i,{children:`API tokens`}),(0,j.jsxs)(`div`,{className:y.stack,children:[(0,j.jsx)(L,{}),(0,j.jsx)(V,{})]})]})}function V(){let[{data:e,error:t},r]=n({query:z,requestPolicy:`cache-and-network`}),i=e?.viewer?.apiTokens;return(0,j.jsx)(g,{title:`API tokens`,children:i?i.length>0?(0,j.jsx)(`ul`,{className:y.rows,children:i.map(e=>(0,j.jsx)(P,{token:e},e.id))}):(0,j.jsx)(o,{title:`No API tokens`,children:`A program that uses the API signs in with one.`}):t?(0,j.jsx)(d,{what:`The tokens`,reason:a(t),onRetry:()=>r({requestPolicy:`network-only`})}):(0,j.jsx)(_,{rows:3})})}export{B as TokensPage};