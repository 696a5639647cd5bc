import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{c as t,n}from"./data-BtsfOPlW.js";import{B as r,G as i,I as a,Jt as o,L as s,R as c,St as l,V as u,Yt as d,dt as f,k as p,n as m,nn as h,q as g,qt as _,r as v,t as y,wt as b}from"./parts-KJIFvZj4.js";import{J as x,R as S,q as C,r as w,z as T}from"./index-DnuZwOHm.js";import{t as E}from"./AdministratorsOnly-C5PZSk0m.js";import{t as D}from"./settings.module-BKY_967h.js";import{C as O,y as k}from"./react-Com9ocF_.js";import{t as A}from"./CopyText-67k6HVUV.js";var j=e(O(),1),M=k(),N=l(`
  fragment TokenRow on ApiToken {
    id
    name
    access
    createdAt
    lastUsedAt
    expiresAt
    createdBy { id name }
  }
`),P=l(`
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
`);function F({token:e}){let t=n(N,e),[r,i]=(0,j.useState)(!1),{submit:a,errors:o,isBusy:s}=u(P,e=>e.revokeApiToken);return(0,M.jsxs)(`li`,{children:[(0,M.jsxs)(`div`,{children:[(0,M.jsx)(`b`,{children:t.name}),(0,M.jsxs)(`div`,{className:`mut small`,children:[m(t.access),`, made by `,t.createdBy.name,` `,(0,M.jsx)(p,{at:t.createdAt,as:f}),`.`,` `,t.lastUsedAt?(0,M.jsxs)(M.Fragment,{children:[`Last used `,(0,M.jsx)(p,{at:t.lastUsedAt,as:f}),`.`]}):`Never used.`,` `,t.expiresAt&&(0,M.jsxs)(M.Fragment,{children:[`Expires `,(0,M.jsx)(p,{at:t.expiresAt,as:f}),`.`]})]}),Object.values(o).map(e=>(0,M.jsx)(`p`,{role:`alert`,children:e},e))]}),(0,M.jsx)(b,{isSmall:!0,onClick:()=>i(!0),"aria-label":`Revoke ${t.name}`,children:`Revoke`}),(0,M.jsx)(S,{isOpen:r,onClose:()=>i(!1),title:`Revoke ${t.name}?`,confirm:`Revoke for good`,onConfirm:async()=>{let e=await a({id:t.id});i(!1),e&&w(`The token ${t.name} is revoked.`)},isBusy:s,isDanger:!0,children:(0,M.jsx)(`p`,{children:`Programs that use it can no longer sign in.`})})]})}var I=l(`
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
  `,[N]),L=[[30,`In 30 days`],[90,`In 90 days`],[365,`In a year`],[0,`Never`]];function R(){let{submit:e,errors:t,isBusy:n}=u(I,e=>e.createApiToken),[a,l]=(0,j.useState)(`READ`),[f,p]=(0,j.useState)(),h=async t=>{let{name:n=``,days:i=`0`}=r(t),o=await e({input:{name:n,access:a,expiresAt:z(Number(i),new Date)}});o?.secret&&(t.reset(),l(`READ`),p(o.secret))},_=()=>p(void 0);return(0,M.jsxs)(o,{title:`New token`,children:[(0,M.jsx)(d,{children:(0,M.jsxs)(s,{className:D.form,onSubmit:h,children:[(0,M.jsx)(c,{errors:t}),(0,M.jsx)(g,{id:`name`,name:`name`,label:`Name`,hint:`What uses it.`,error:t.name}),(0,M.jsx)(i,{id:`access`,label:`Access`,value:a,onChange:e=>l(e.target.value),hint:y(a),error:t.access,children:v.map(e=>(0,M.jsx)(`option`,{value:e,children:m(e)},e))}),(0,M.jsx)(i,{id:`expiresAt`,name:`days`,label:`Expires`,defaultValue:`365`,error:t.expiresAt,children:L.map(([e,t])=>(0,M.jsx)(`option`,{value:e,children:t},e))}),(0,M.jsx)(`div`,{children:(0,M.jsx)(b,{type:`submit`,isBusy:n,busyText:`Making it…`,children:`Make token`})})]})}),(0,M.jsxs)(T,{isOpen:f!==void 0,onClose:_,title:`The new token`,mustAnswer:!0,actions:(0,M.jsx)(b,{onClick:_,children:`Done`}),children:[(0,M.jsx)(`p`,{children:`Copy it now: it is not shown again.`}),(0,M.jsx)(A,{text:f??``,label:`Copy token`})]})]})}function z(e,t){return e===0?null:new Date(t.getTime()+e*24*60*60*1e3).toISOString()}var B=l(`
    query Tokens {
      viewer {
        id
        apiTokens { id ...TokenRow }
      }
    }
  `,[N]);function V(){return(0,M.jsxs)(E,{what:`API tokens are`,children:[(0,M.jsx)(_,{children:`API tokens`}),(0,M.jsxs)(`div`,{className:D.stack,children:[(0,M.jsx)(R,{}),(0,M.jsx)(H,{})]})]})}function H(){let[{data:e,error:n},r]=t({query:B,requestPolicy:`cache-and-network`}),i=e?.viewer?.apiTokens;return(0,M.jsx)(o,{title:`API tokens`,children:i?i.length>0?(0,M.jsx)(`ul`,{className:D.rows,children:i.map(e=>(0,M.jsx)(F,{token:e},e.id))}):(0,M.jsx)(C,{title:`No API tokens`,children:`A program that uses the API signs in with one.`}):n?(0,M.jsx)(x,{what:`The tokens`,reason:h(n),onRetry:()=>r({requestPolicy:`network-only`})}):(0,M.jsx)(a,{rows:3})})}export{V as TokensPage};