import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{c as t,n}from"./data-BtsfOPlW.js";import{d as r,n as i,o as a,p as o,s}from"./Button-C8NHamxl.js";import{t as c}from"./graphql-HPN4ApZR.js";import{N as l,dt as u,ft as d,r as f,rt as p,v as m,y as h}from"./index-XkiQgwgW.js";import{r as g}from"./createLucideIcon-CwdNyMD4.js";import{t as _}from"./Skeleton-NdxyV_oN.js";import{t as v}from"./table.module-CyMn3_FW.js";import{C as y,y as b}from"./react-Com9ocF_.js";import{n as x}from"./form-DnomhAQv.js";import{n as S}from"./inputs-DFdweWfc.js";var C={lead:`_lead_1xg54_2`,saved:`_saved_1xg54_6`,problem:`_problem_1xg54_10`},w=e(y(),1),T=b(),E=c(`
  fragment MappingRow on CaseTypeMapping {
    id
    practiceAreaId
    practiceArea
    caseType
    isBuiltIn
  }
`),D=c(`
    mutation SetCaseTypeMapping($practiceAreaId: ID!, $caseType: CaseType) {
      setCaseTypeMapping(practiceAreaId: $practiceAreaId, caseType: $caseType) {
        mapping { ...MappingRow }
        userErrors { code message path }
      }
    }
  `,[E]),O=`BUILT_IN`;function k({mapping:e}){let t=n(E,e),{isAdmin:r}=p(),{submit:i,errors:a,isBusy:o}=x(D,e=>e.setCaseTypeMapping),[s,c]=(0,w.useState)(!1),u=t.practiceArea??`Practice area ${t.practiceAreaId}`,d=async e=>{c(!1);let n=e===O?null:e;await i({practiceAreaId:t.practiceAreaId,caseType:n})&&(c(!0),f(`${u} is saved. From each watch’s next sync.`))},g=Object.values(a)[0];return(0,T.jsxs)(`tr`,{children:[(0,T.jsx)(`td`,{children:u}),(0,T.jsx)(`td`,{children:r?(0,T.jsxs)(S,{label:`Case type for ${u}`,isLabelHidden:!0,value:t.isBuiltIn?O:t.caseType,"aria-busy":o,onChange:e=>d(e.target.value),children:[(0,T.jsx)(`option`,{value:O,children:t.isBuiltIn?`${m(t.caseType)} (built in)`:`As built in`}),h.map(e=>(0,T.jsx)(`option`,{value:e,children:m(e)},e))]}):m(t.caseType)}),(0,T.jsxs)(`td`,{children:[(0,T.jsx)(l,{tone:t.isBuiltIn?`plain`:`accent`,children:t.isBuiltIn?`Built in`:`Chosen`}),` `,s&&(0,T.jsx)(`span`,{className:C.saved,children:`Saved.`}),g&&(0,T.jsx)(`span`,{className:C.problem,role:`alert`,children:g})]})]})}var A=c(`
    query CaseTypes {
      caseTypeMappings { id ...MappingRow }
    }
  `,[E]);function j(){let{isAdmin:e}=p(),[{data:n,error:r},i]=t({query:A,requestPolicy:`cache-and-network`});return(0,T.jsxs)(T.Fragment,{children:[(0,T.jsx)(a,{children:`Case types`}),(0,T.jsxs)(`p`,{className:C.lead,children:[`What each practice area in Clio becomes here. A change takes effect from each watch’s next sync.`,!e&&` Administrators change these.`]}),(0,T.jsx)(s,{children:(0,T.jsx)(M,{mappings:n?.caseTypeMappings,error:r,onRetry:()=>i({requestPolicy:`network-only`})})})]})}function M({mappings:e,error:t,onRetry:n}){return r(t).includes(`CLIO_NOT_CONNECTED`)?(0,T.jsx)(u,{title:`Clio is not connected`,actions:(0,T.jsx)(i,{to:`/integrations/clio`,children:`To Clio`}),children:`Practice areas are read from Clio.`}):!e&&t?(0,T.jsx)(d,{what:`The practice areas`,reason:o(t),onRetry:n}):e?e.length===0?(0,T.jsx)(u,{title:`No practice areas`,children:`Your firm’s Clio has none.`}):(0,T.jsxs)(`table`,{className:g(v.table,v.stacked),children:[(0,T.jsx)(`thead`,{children:(0,T.jsxs)(`tr`,{children:[(0,T.jsx)(`th`,{scope:`col`,children:`Practice area in Clio`}),(0,T.jsx)(`th`,{scope:`col`,children:`Case type`}),(0,T.jsx)(`th`,{scope:`col`,children:`Chosen by`})]})}),(0,T.jsx)(`tbody`,{children:e.map(e=>(0,T.jsx)(k,{mapping:e},e.id))})]}):(0,T.jsx)(_,{rows:6})}export{j as CaseTypesPage};