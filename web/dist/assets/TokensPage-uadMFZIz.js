import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{c as t,n}from"./data-BtsfOPlW.js";import{B as r,Ct as i,I as a,Jt as o,K as s,Kt as c,L as l,W as u,k as d,n as f,qt as p,r as m,t as h,tn as g,ut as _,xt as v,z as y}from"./parts-DU_TFh7J.js";import{G as b,I as x,K as S,L as C,r as w}from"./index-z1Yjg7Ty.js";import{t as T}from"./AdministratorsOnly-DZiCu2kU.js";import{t as E}from"./settings.module-BKY_967h.js";import{C as D,y as O}from"./react-Com9ocF_.js";import{t as k}from"./CopyText-YbIEScre.js";var A=e(D(),1),j=O(),M=v(`
  fragment TokenRow on ApiToken {
    id
    name
    access
    createdAt
    lastUsedAt
    expiresAt
    createdBy { id name }
  }
`),N=v(`
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
`);function P({token:e}){let t=n(M,e),[a,o]=(0,A.useState)(!1),{submit:s,errors:c,isBusy:l}=r(N,e=>e.revokeApiToken);return(0,j.jsxs)(`li`,{children:[(0,j.jsxs)(`div`,{children:[(0,j.jsx)(`b`,{children:t.name}),(0,j.jsxs)(`div`,{className:`mut small`,children:[f(t.access),`, made by `,t.createdBy.name,` `,(0,j.jsx)(d,{at:t.createdAt,as:_}),`.`,` `,t.lastUsedAt?(0,j.jsxs)(j.Fragment,{children:[`Last used `,(0,j.jsx)(d,{at:t.lastUsedAt,as:_}),`.`]}):`Never used.`,` `,t.expiresAt&&(0,j.jsxs)(j.Fragment,{children:[`Expires `,(0,j.jsx)(d,{at:t.expiresAt,as:_}),`.`]})]}),Object.values(c).map(e=>(0,j.jsx)(`p`,{role:`alert`,children:e},e))]}),(0,j.jsx)(i,{isSmall:!0,onClick:()=>o(!0),"aria-label":`Revoke ${t.name}`,children:`Revoke`}),(0,j.jsx)(x,{isOpen:a,onClose:()=>o(!1),title:`Revoke ${t.name}?`,confirm:`Revoke for good`,onConfirm:async()=>{let e=await s({id:t.id});o(!1),e&&w(`The token ${t.name} is revoked.`)},isBusy:l,isDanger:!0,children:(0,j.jsx)(`p`,{children:`Programs that use it can no longer sign in.`})})]})}var F=v(`
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
  `,[M]),I=[[30,`In 30 days`],[90,`In 90 days`],[365,`In a year`],[0,`Never`]];function L(){let{submit:e,errors:t,isBusy:n}=r(F,e=>e.createApiToken),[a,c]=(0,A.useState)(`READ`),[d,g]=(0,A.useState)(),_=async t=>{let{name:n=``,days:r=`0`}=y(t),i=await e({input:{name:n,access:a,expiresAt:R(Number(r),new Date)}});i?.secret&&(t.reset(),c(`READ`),g(i.secret))},v=()=>g(void 0);return(0,j.jsxs)(p,{title:`New token`,children:[(0,j.jsx)(o,{children:(0,j.jsxs)(`form`,{className:E.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),_(e.currentTarget)},children:[(0,j.jsx)(l,{errors:t}),(0,j.jsx)(s,{id:`name`,name:`name`,label:`Name`,hint:`What uses it.`,error:t.name}),(0,j.jsx)(u,{id:`access`,label:`Access`,value:a,onChange:e=>c(e.target.value),hint:h(a),error:t.access,children:m.map(e=>(0,j.jsx)(`option`,{value:e,children:f(e)},e))}),(0,j.jsx)(u,{id:`expiresAt`,name:`days`,label:`Expires`,defaultValue:`365`,error:t.expiresAt,children:I.map(([e,t])=>(0,j.jsx)(`option`,{value:e,children:t},e))}),(0,j.jsx)(`div`,{children:(0,j.jsx)(i,{type:`submit`,isBusy:n,busyText:`Making it…`,children:`Make token`})})]})}),(0,j.jsxs)(C,{isOpen:d!==void 0,onClose:v,title:`The new token`,mustAnswer:!0,actions:(0,j.jsx)(i,{onClick:v,children:`Done`}),children:[(0,j.jsx)(`p`,{children:`Copy it now: it is not shown again.`}),(0,j.jsx)(k,{text:d??``,label:`Copy token`})]})]})}function R(e,t){return e===0?null:new Date(t.getTime()+e*24*60*60*1e3).toISOString()}var z=v(`
    query Tokens {
      viewer {
        id
        apiTokens { id ...TokenRow }
      }
    }
  `,[M]);function B(){return(0,j.jsxs)(T,{what:`API tokens are`,children:[(0,j.jsx)(c,{children:`API tokens`}),(0,j.jsxs)(`div`,{className:E.stack,children:[(0,j.jsx)(L,{}),(0,j.jsx)(V,{})]})]})}function V(){let[{data:e,error:n},r]=t({query:z,requestPolicy:`cache-and-network`}),i=e?.viewer?.apiTokens;return(0,j.jsx)(p,{title:`API tokens`,children:i?i.length>0?(0,j.jsx)(`ul`,{className:E.rows,children:i.map(e=>(0,j.jsx)(P,{token:e},e.id))}):(0,j.jsx)(b,{title:`No API tokens`,children:`A program that uses the API signs in with one.`}):n?(0,j.jsx)(S,{what:`The tokens`,reason:g(n),onRetry:()=>r({requestPolicy:`network-only`})}):(0,j.jsx)(a,{rows:3})})}export{B as TokensPage};