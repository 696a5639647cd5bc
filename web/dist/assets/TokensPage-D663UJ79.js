import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{c as t,n}from"./data-BtsfOPlW.js";import{c as r,o as i,p as a,s as o,t as s}from"./Button-C8NHamxl.js";import{t as c}from"./graphql-HPN4ApZR.js";import{H as l,dt as u,ft as d,nt as f,r as p,tt as m}from"./index-XkiQgwgW.js";import{t as h}from"./Skeleton-NdxyV_oN.js";import{t as g}from"./AdministratorsOnly-DWvtbDPU.js";import{t as _}from"./settings.module-BKY_967h.js";import{C as v,y}from"./react-Com9ocF_.js";import{n as b,r as x,t as S}from"./settings-BaTazhf5.js";import{n as C,t as w}from"./form-DnomhAQv.js";import{t as T}from"./CopyText-_lxUPaJe.js";import{t as E}from"./ErrorSummary-AMg8HbYd.js";import{i as D,n as O}from"./inputs-DFdweWfc.js";import{t as k}from"./Time-CqP6R6PI.js";var A=e(v(),1),j=y(),M=c(`
  fragment TokenRow on ApiToken {
    id
    name
    access
    createdAt
    lastUsedAt
    expiresAt
    createdBy { id name }
  }
`),N=c(`
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
`);function P({token:e}){let t=n(M,e),[r,i]=(0,A.useState)(!1),{submit:a,errors:o,isBusy:c}=C(N,e=>e.revokeApiToken);return(0,j.jsxs)(`li`,{children:[(0,j.jsxs)(`div`,{children:[(0,j.jsx)(`b`,{children:t.name}),(0,j.jsxs)(`div`,{className:`mut small`,children:[b(t.access),`, made by `,t.createdBy.name,` `,(0,j.jsx)(k,{at:t.createdAt,as:l}),`.`,` `,t.lastUsedAt?(0,j.jsxs)(j.Fragment,{children:[`Last used `,(0,j.jsx)(k,{at:t.lastUsedAt,as:l}),`.`]}):`Never used.`,` `,t.expiresAt&&(0,j.jsxs)(j.Fragment,{children:[`Expires `,(0,j.jsx)(k,{at:t.expiresAt,as:l}),`.`]})]}),Object.values(o).map(e=>(0,j.jsx)(`p`,{role:`alert`,children:e},e))]}),(0,j.jsx)(s,{isSmall:!0,onClick:()=>i(!0),"aria-label":`Revoke ${t.name}`,children:`Revoke`}),(0,j.jsx)(m,{isOpen:r,onClose:()=>i(!1),title:`Revoke ${t.name}?`,confirm:`Revoke for good`,onConfirm:async()=>{let e=await a({id:t.id});i(!1),e&&p(`The token ${t.name} is revoked.`)},isBusy:c,isDanger:!0,children:(0,j.jsx)(`p`,{children:`Programs that use it can no longer sign in.`})})]})}var F=c(`
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
  `,[M]),I=[[30,`In 30 days`],[90,`In 90 days`],[365,`In a year`],[0,`Never`]];function L(){let{submit:e,errors:t,isBusy:n}=C(F,e=>e.createApiToken),[i,a]=(0,A.useState)(`READ`),[c,l]=(0,A.useState)(),u=async t=>{let{name:n=``,days:r=`0`}=w(t),o=await e({input:{name:n,access:i,expiresAt:R(Number(r),new Date)}});o?.secret&&(t.reset(),a(`READ`),l(o.secret))},d=()=>l(void 0);return(0,j.jsxs)(o,{title:`New token`,children:[(0,j.jsx)(r,{children:(0,j.jsxs)(`form`,{className:_.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),u(e.currentTarget)},children:[(0,j.jsx)(E,{errors:t}),(0,j.jsx)(D,{id:`name`,name:`name`,label:`Name`,hint:`What uses it.`,error:t.name}),(0,j.jsx)(O,{id:`access`,label:`Access`,value:i,onChange:e=>a(e.target.value),hint:S(i),error:t.access,children:x.map(e=>(0,j.jsx)(`option`,{value:e,children:b(e)},e))}),(0,j.jsx)(O,{id:`expiresAt`,name:`days`,label:`Expires`,defaultValue:`365`,error:t.expiresAt,children:I.map(([e,t])=>(0,j.jsx)(`option`,{value:e,children:t},e))}),(0,j.jsx)(`div`,{children:(0,j.jsx)(s,{type:`submit`,isBusy:n,busyText:`Making it…`,children:`Make token`})})]})}),(0,j.jsxs)(f,{isOpen:c!==void 0,onClose:d,title:`The new token`,mustAnswer:!0,actions:(0,j.jsx)(s,{onClick:d,children:`Done`}),children:[(0,j.jsx)(`p`,{children:`Copy it now: it is not shown again.`}),(0,j.jsx)(T,{text:c??``,label:`Copy token`})]})]})}function R(e,t){return e===0?null:new Date(t.getTime()+e*24*60*60*1e3).toISOString()}var z=c(`
    query Tokens {
      viewer {
        id
        apiTokens { id ...TokenRow }
      }
    }
  `,[M]);function B(){return(0,j.jsxs)(g,{what:`API tokens are`,children:[(0,j.jsx)(i,{children:`API tokens`}),(0,j.jsxs)(`div`,{className:_.stack,children:[(0,j.jsx)(L,{}),(0,j.jsx)(V,{})]})]})}function V(){let[{data:e,error:n},r]=t({query:z,requestPolicy:`cache-and-network`}),i=e?.viewer?.apiTokens;return(0,j.jsx)(o,{title:`API tokens`,children:i?i.length>0?(0,j.jsx)(`ul`,{className:_.rows,children:i.map(e=>(0,j.jsx)(P,{token:e},e.id))}):(0,j.jsx)(u,{title:`No API tokens`,children:`A program that uses the API signs in with one.`}):n?(0,j.jsx)(d,{what:`The tokens`,reason:a(n),onRetry:()=>r({requestPolicy:`network-only`})}):(0,j.jsx)(h,{rows:3})})}export{B as TokensPage};