import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{c as t,n}from"./data-BtsfOPlW.js";import{F as r,G as i,I as a,Jt as o,St as s,Tt as c,V as l,X as u,Z as d,Zt as f,en as p,nn as m,qt as h}from"./parts-KJIFvZj4.js";import{B as g,J as _,k as v,q as y,r as b}from"./index-DnuZwOHm.js";import{C as x,y as S}from"./react-Com9ocF_.js";var C={lead:`_lead_1xg54_2`,saved:`_saved_1xg54_6`,problem:`_problem_1xg54_10`},w=e(x(),1),T=S(),E=s(`
  fragment MappingRow on CaseTypeMapping {
    id
    practiceAreaId
    practiceArea
    caseType
    isBuiltIn
  }
`),D=s(`
    mutation SetCaseTypeMapping($practiceAreaId: ID!, $caseType: CaseType) {
      setCaseTypeMapping(practiceAreaId: $practiceAreaId, caseType: $caseType) {
        mapping { ...MappingRow }
        userErrors { code message path }
      }
    }
  `,[E]),O=`BUILT_IN`;function k({mapping:e}){let t=n(E,e),{isAdmin:r}=g(),{submit:a,errors:o,isBusy:s}=l(D,e=>e.setCaseTypeMapping),[c,f]=(0,w.useState)(!1),p=t.practiceArea??`Practice area ${t.practiceAreaId}`,m=async e=>{f(!1);let n=e===O?null:e;await a({practiceAreaId:t.practiceAreaId,caseType:n})&&(f(!0),b(`${p} is saved. From each watch’s next sync.`))},h=Object.values(o)[0];return(0,T.jsxs)(`tr`,{children:[(0,T.jsx)(`td`,{children:p}),(0,T.jsx)(`td`,{children:r?(0,T.jsxs)(i,{label:`Case type for ${p}`,isLabelHidden:!0,value:t.isBuiltIn?O:t.caseType,"aria-busy":s,onChange:e=>m(e.target.value),children:[(0,T.jsx)(`option`,{value:O,children:t.isBuiltIn?`${u(t.caseType)} (built in)`:`As built in`}),d.map(e=>(0,T.jsx)(`option`,{value:e,children:u(e)},e))]}):u(t.caseType)}),(0,T.jsxs)(`td`,{children:[(0,T.jsx)(v,{tone:t.isBuiltIn?`plain`:`accent`,children:t.isBuiltIn?`Built in`:`Chosen`}),` `,c&&(0,T.jsx)(`span`,{className:C.saved,children:`Saved.`}),h&&(0,T.jsx)(`span`,{className:C.problem,role:`alert`,children:h})]})]})}var A=s(`
    query CaseTypes {
      caseTypeMappings { id ...MappingRow }
    }
  `,[E]);function j(){let{isAdmin:e}=g(),[{data:n,error:r},i]=t({query:A,requestPolicy:`cache-and-network`});return(0,T.jsxs)(T.Fragment,{children:[(0,T.jsx)(h,{children:`Case types`}),(0,T.jsxs)(`p`,{className:C.lead,children:[`What each practice area in Clio becomes here. A change takes effect from each watch’s next sync.`,!e&&` Administrators change these.`]}),(0,T.jsx)(o,{children:(0,T.jsx)(M,{mappings:n?.caseTypeMappings,error:r,onRetry:()=>i({requestPolicy:`network-only`})})})]})}function M({mappings:e,error:t,onRetry:n}){return p(t).includes(`CLIO_NOT_CONNECTED`)?(0,T.jsx)(y,{title:`Clio is not connected`,actions:(0,T.jsx)(c,{to:`/integrations/clio`,children:`To Clio`}),children:`Practice areas are read from Clio.`}):!e&&t?(0,T.jsx)(_,{what:`The practice areas`,reason:m(t),onRetry:n}):e?e.length===0?(0,T.jsx)(y,{title:`No practice areas`,children:`Your firm’s Clio has none.`}):(0,T.jsxs)(`table`,{className:f(r.table,r.stacked),children:[(0,T.jsx)(`thead`,{children:(0,T.jsxs)(`tr`,{children:[(0,T.jsx)(`th`,{scope:`col`,children:`Practice area in Clio`}),(0,T.jsx)(`th`,{scope:`col`,children:`Case type`}),(0,T.jsx)(`th`,{scope:`col`,children:`Chosen by`})]})}),(0,T.jsx)(`tbody`,{children:e.map(e=>(0,T.jsx)(k,{mapping:e},e.id))})]}):(0,T.jsx)(a,{rows:6})}export{j as CaseTypesPage};