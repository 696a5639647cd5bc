import{u as e,y as t}from"./react-Com9ocF_.js";import{c as n}from"./data-BtsfOPlW.js";import{l as r,n as i,o as a,p as o,s}from"./Button-C8NHamxl.js";import{t as c}from"./graphql-HPN4ApZR.js";import{t as l}from"./Time-CqP6R6PI.js";import{r as u}from"./createLucideIcon-CwdNyMD4.js";import{dt as d,ft as f}from"./index-XkiQgwgW.js";import{t as p}from"./chevron-right-MDOv3V5L.js";import{t as m}from"./Skeleton-NdxyV_oN.js";import{t as h}from"./table.module-CyMn3_FW.js";import{t as g}from"./AdministratorsOnly-DWvtbDPU.js";var _=t(),v=c(`
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
`),y=e(`/app/settings/audit`);function b(){return(0,_.jsxs)(g,{what:`The audit trail is`,children:[(0,_.jsx)(a,{children:`Audit trail`}),(0,_.jsx)(s,{title:`Audit trail`,children:(0,_.jsx)(x,{})})]})}function x(){let{after:e}=y.useSearch(),[{data:t,error:a},s]=n({query:v,variables:{after:e??null},requestPolicy:`cache-and-network`}),c=t?.auditEvents;return!c&&a?(0,_.jsx)(f,{what:`The audit trail`,reason:o(a),onRetry:()=>s({requestPolicy:`network-only`})}):c?c.nodes.length===0?(0,_.jsx)(d,{title:`Nothing yet`,children:`Sign-ins, settings and what people delete are told here.`}):(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`table`,{className:u(h.table,h.stacked),children:[(0,_.jsx)(`thead`,{children:(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`th`,{scope:`col`,children:`When`}),(0,_.jsx)(`th`,{scope:`col`,children:`Who`}),(0,_.jsx)(`th`,{scope:`col`,children:`What`})]})}),(0,_.jsx)(`tbody`,{children:c.nodes.map(e=>(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`td`,{className:`nowrap`,children:(0,_.jsx)(l,{at:e.at})}),(0,_.jsx)(`td`,{children:e.by?.name??`Watchkeeper`}),(0,_.jsx)(`td`,{className:h.wrap,children:e.summary})]},e.id))})]}),(c.pageInfo.hasNextPage||e)&&(0,_.jsxs)(r,{children:[e&&(0,_.jsx)(i,{isSmall:!0,to:`/settings/audit`,children:`Newest`}),c.pageInfo.hasNextPage&&(0,_.jsx)(i,{isSmall:!0,to:`/settings/audit`,search:{after:c.pageInfo.endCursor??void 0},iconAfter:p,children:`Older`})]})]}):(0,_.jsx)(m,{})}export{b as AuditPage};