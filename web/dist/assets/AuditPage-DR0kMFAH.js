import{c as e,h as t}from"./react-CGevX76V.js";import{s as n}from"./data-EZAO582-.js";import{r,t as i,u as a}from"./Title-BUyun283.js";import{A as o,j as s,k as c}from"./index-DBLtO39t.js";import{t as l}from"./Time-2VavRT12.js";import{r as u,t as d}from"./Card-33rV8uu6.js";import{n as f}from"./Icon-DTQsfjvz.js";import{t as p}from"./chevron-right-Be6sQQxP.js";import{t as m}from"./Skeleton-CmlQH4ns.js";import{t as h}from"./table.module-BFrtYNG4.js";import{t as g}from"./AdministratorsOnly-CGjwSF1V.js";var _=t(),v=c(`
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
`),y=e(`/app/settings/audit`);function b(){return(0,_.jsxs)(g,{what:`The audit trail is`,children:[(0,_.jsx)(i,{children:`Audit trail`}),(0,_.jsx)(d,{title:`Audit trail`,children:(0,_.jsx)(x,{})})]})}function x(){let{after:e}=y.useSearch(),[{data:t,error:i},c]=n({query:v,variables:{after:e??null},requestPolicy:`cache-and-network`}),d=t?.auditEvents;return!d&&i?(0,_.jsx)(s,{what:`The audit trail`,reason:a(i),onRetry:()=>c({requestPolicy:`network-only`})}):d?d.nodes.length===0?(0,_.jsx)(o,{title:`Nothing yet`,children:`Sign-ins, settings and what people delete are told here.`}):(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`table`,{className:f(h.table,h.stacked),children:[(0,_.jsx)(`thead`,{children:(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`th`,{scope:`col`,children:`When`}),(0,_.jsx)(`th`,{scope:`col`,children:`Who`}),(0,_.jsx)(`th`,{scope:`col`,children:`What`})]})}),(0,_.jsx)(`tbody`,{children:d.nodes.map(e=>(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`td`,{className:`nowrap`,children:(0,_.jsx)(l,{at:e.at})}),(0,_.jsx)(`td`,{children:e.by?.name??`Watchkeeper`}),(0,_.jsx)(`td`,{className:h.wrap,children:e.summary})]},e.id))})]}),(d.pageInfo.hasNextPage||e)&&(0,_.jsxs)(u,{children:[e&&(0,_.jsx)(r,{isSmall:!0,to:`/settings/audit`,children:`Newest`}),d.pageInfo.hasNextPage&&(0,_.jsx)(r,{isSmall:!0,to:`/settings/audit`,search:{after:d.pageInfo.endCursor??void 0},iconAfter:p,children:`Older`})]})]}):(0,_.jsx)(m,{})}export{b as AuditPage};