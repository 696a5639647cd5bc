import{u as e,y as t}from"./react-Com9ocF_.js";import{c as n}from"./data-BtsfOPlW.js";import{Bt as r,F as i,I as a,Jt as o,St as s,Tt as c,Xt as l,Zt as u,k as d,nn as f,qt as p}from"./parts-KJIFvZj4.js";import{J as m,q as h}from"./index-DnuZwOHm.js";import{t as g}from"./AdministratorsOnly-C5PZSk0m.js";var _=t(),v=s(`
  query Audit($after: String) {
    auditEvents(first: 50, after: $after) {
      nodes {
        id
        at
        summary
        by { id name }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`),y=e(`/app/settings/audit`);function b(){return(0,_.jsxs)(g,{what:`The audit trail is`,children:[(0,_.jsx)(p,{children:`Audit trail`}),(0,_.jsx)(o,{title:`Audit trail`,children:(0,_.jsx)(x,{})})]})}function x(){let{after:e}=y.useSearch(),[{data:t,error:o},s]=n({query:v,variables:{after:e??null},requestPolicy:`cache-and-network`}),p=t?.auditEvents;return!p&&o?(0,_.jsx)(m,{what:`The audit trail`,reason:f(o),onRetry:()=>s({requestPolicy:`network-only`})}):p?p.nodes.length===0?(0,_.jsx)(h,{title:`Nothing yet`,children:`Sign-ins, settings and what people delete are told here.`}):(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`table`,{className:u(i.table,i.stacked),children:[(0,_.jsx)(`thead`,{children:(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`th`,{scope:`col`,children:`When`}),(0,_.jsx)(`th`,{scope:`col`,children:`Who`}),(0,_.jsx)(`th`,{scope:`col`,children:`What`})]})}),(0,_.jsx)(`tbody`,{children:p.nodes.map(e=>(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`td`,{className:`nowrap`,children:(0,_.jsx)(d,{at:e.at})}),(0,_.jsx)(`td`,{children:e.by?.name??`Watchkeeper`}),(0,_.jsx)(`td`,{className:i.wrap,children:e.summary})]},e.id))})]}),(p.pageInfo.hasNextPage||e)&&(0,_.jsxs)(l,{children:[e&&(0,_.jsx)(c,{isSmall:!0,to:`/settings/audit`,children:`Newest`}),p.pageInfo.hasNextPage&&(0,_.jsx)(c,{isSmall:!0,to:`/settings/audit`,search:{after:p.pageInfo.endCursor??void 0},iconAfter:r,children:`Older`})]})]}):(0,_.jsx)(a,{})}export{b as AuditPage};