import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{n as t,s as n}from"./data-EZAO582-.js";import{c as r,r as i,t as a,u as o}from"./Title-BUyun283.js";import{A as s,E as c,i as l,j as u,k as d,o as f,u as p}from"./index-DBLtO39t.js";import{t as m}from"./Card-33rV8uu6.js";import{n as h}from"./Icon-DTQsfjvz.js";import{t as g}from"./Skeleton-CmlQH4ns.js";import{t as _}from"./table.module-BFrtYNG4.js";import{h as v,y}from"./react-CGevX76V.js";import{n as b,t as x}from"./fields-CtUsi7RA.js";import{n as S}from"./form-DwR7VZcj.js";var C={lead:`_lead_1xg54_2`,saved:`_saved_1xg54_6`,problem:`_problem_1xg54_10`},w=e(y(),1),T=v(),E=d(`
  fragment MappingRow on CaseTypeMapping {
    id
    practiceAreaId
    practiceArea
    caseType
    isBuiltIn
  }
`),D=d(`
    mutation SetCaseTypeMapping($practiceAreaId: ID!, $caseType: CaseType) {
      setCaseTypeMapping(practiceAreaId: $practiceAreaId, caseType: $caseType) {
        mapping { ...MappingRow }
        userErrors { code message path }
      }
    }
  `,[E]),O=`BUILT_IN`;function k({mapping:e}){let n=t(E,e),{isAdmin:r}=c(),{submit:i,errors:a,isBusy:o}=S(D,e=>e.setCaseTypeMapping),[s,u]=(0,w.useState)(!1),d=n.practiceArea??`Practice area ${n.practiceAreaId}`,m=async e=>{u(!1);let t=e===O?null:e;await i({practiceAreaId:n.practiceAreaId,caseType:t})&&(u(!0),f(`${d} is saved. From each watch’s next sync.`))},h=Object.values(a)[0];return(0,T.jsxs)(`tr`,{children:[(0,T.jsx)(`td`,{children:d}),(0,T.jsx)(`td`,{children:r?(0,T.jsxs)(l,{label:`Case type for ${d}`,isLabelHidden:!0,value:n.isBuiltIn?O:n.caseType,"aria-busy":o,onChange:e=>m(e.target.value),children:[(0,T.jsx)(`option`,{value:O,children:n.isBuiltIn?`${x(n.caseType)} (built in)`:`As built in`}),b.map(e=>(0,T.jsx)(`option`,{value:e,children:x(e)},e))]}):x(n.caseType)}),(0,T.jsxs)(`td`,{children:[(0,T.jsx)(p,{tone:n.isBuiltIn?`plain`:`accent`,children:n.isBuiltIn?`Built in`:`Chosen`}),` `,s&&(0,T.jsx)(`span`,{className:C.saved,children:`Saved.`}),h&&(0,T.jsx)(`span`,{className:C.problem,role:`alert`,children:h})]})]})}var A=d(`
    query CaseTypes {
      caseTypeMappings { id ...MappingRow }
    }
  `,[E]);function j(){let{isAdmin:e}=c(),[{data:t,error:r},i]=n({query:A,requestPolicy:`cache-and-network`});return(0,T.jsxs)(T.Fragment,{children:[(0,T.jsx)(a,{children:`Case types`}),(0,T.jsxs)(`p`,{className:C.lead,children:[`What each practice area in Clio becomes here. A change takes effect from each watch’s next sync.`,!e&&` Administrators change these.`]}),(0,T.jsx)(m,{children:(0,T.jsx)(M,{mappings:t?.caseTypeMappings,error:r,onRetry:()=>i({requestPolicy:`network-only`})})})]})}function M({mappings:e,error:t,onRetry:n}){return r(t).includes(`CLIO_NOT_CONNECTED`)?(0,T.jsx)(s,{title:`Clio is not connected`,actions:(0,T.jsx)(i,{to:`/integrations/clio`,children:`To Clio`}),children:`Practice areas are read from Clio.`}):!e&&t?(0,T.jsx)(u,{what:`The practice areas`,reason:o(t),onRetry:n}):e?e.length===0?(0,T.jsx)(s,{title:`No practice areas`,children:`Your firm’s Clio has none.`}):(0,T.jsxs)(`table`,{className:h(_.table,_.stacked),children:[(0,T.jsx)(`thead`,{children:(0,T.jsxs)(`tr`,{children:[(0,T.jsx)(`th`,{scope:`col`,children:`Practice area in Clio`}),(0,T.jsx)(`th`,{scope:`col`,children:`Case type`}),(0,T.jsx)(`th`,{scope:`col`,children:`Chosen by`})]})}),(0,T.jsx)(`tbody`,{children:e.map(e=>(0,T.jsx)(k,{mapping:e},e.id))})]}):(0,T.jsx)(g,{rows:6})}export{j as CaseTypesPage};