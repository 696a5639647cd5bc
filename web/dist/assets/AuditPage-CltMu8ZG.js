import{u as e,y as t}from"./react-Com9ocF_.js";import{c as n}from"./data-BtsfOPlW.js";import{F as r,I as i,Kt as a,Xt as o,Yt as s,k as c,qt as l,tn as u,wt as d,xt as f,zt as p}from"./parts-DU_TFh7J.js";import{G as m,K as h}from"./index-z1Yjg7Ty.js";import{t as g}from"./AdministratorsOnly-DZiCu2kU.js";var _=t(),v=f(`
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
`),y=e(`/app/settings/audit`);function b(){return(0,_.jsxs)(g,{what:`The audit trail is`,children:[(0,_.jsx)(a,{children:`Audit trail`}),(0,_.jsx)(l,{title:`Audit trail`,children:(0,_.jsx)(x,{})})]})}function x(){let{after:e}=y.useSearch(),[{data:t,error:a},l]=n({query:v,variables:{after:e??null},requestPolicy:`cache-and-network`}),f=t?.auditEvents;return!f&&a?(0,_.jsx)(h,{what:`The audit trail`,reason:u(a),onRetry:()=>l({requestPolicy:`network-only`})}):f?f.nodes.length===0?(0,_.jsx)(m,{title:`Nothing yet`,children:`Sign-ins, settings and what people delete are told here.`}):(0,_.jsxs)(_.Fragment,{children:[(0,_.jsxs)(`table`,{className:o(r.table,r.stacked),children:[(0,_.jsx)(`thead`,{children:(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`th`,{scope:`col`,children:`When`}),(0,_.jsx)(`th`,{scope:`col`,children:`Who`}),(0,_.jsx)(`th`,{scope:`col`,children:`What`})]})}),(0,_.jsx)(`tbody`,{children:f.nodes.map(e=>(0,_.jsxs)(`tr`,{children:[(0,_.jsx)(`td`,{className:`nowrap`,children:(0,_.jsx)(c,{at:e.at})}),(0,_.jsx)(`td`,{children:e.by?.name??`Watchkeeper`}),(0,_.jsx)(`td`,{className:r.wrap,children:e.summary})]},e.id))})]}),(f.pageInfo.hasNextPage||e)&&(0,_.jsxs)(s,{children:[e&&(0,_.jsx)(d,{isSmall:!0,to:`/settings/audit`,children:`Newest`}),f.pageInfo.hasNextPage&&(0,_.jsx)(d,{isSmall:!0,to:`/settings/audit`,search:{after:f.pageInfo.endCursor??void 0},iconAfter:p,children:`Older`})]})]}):(0,_.jsx)(i,{})}export{b as AuditPage};