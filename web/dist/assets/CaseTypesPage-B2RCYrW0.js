import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{c as t,n}from"./data-BtsfOPlW.js";import{$t as r,B as i,F as a,I as o,Kt as s,W as c,X as l,Xt as u,Y as d,qt as f,tn as p,wt as m,xt as h}from"./parts-DU_TFh7J.js";import{D as g,G as _,K as v,R as y,r as b}from"./index-z1Yjg7Ty.js";import{C as x,y as S}from"./react-Com9ocF_.js";var C={lead:`_lead_1xg54_2`,saved:`_saved_1xg54_6`,problem:`_problem_1xg54_10`},w=e(x(),1),T=S(),E=h(`
  fragment MappingRow on CaseTypeMapping {
    id
    practiceAreaId
    practiceArea
    caseType
    isBuiltIn
  }
`),D=h(`
    mutation SetCaseTypeMapping($practiceAreaId: ID!, $caseType: CaseType) {
      setCaseTypeMapping(practiceAreaId: $practiceAreaId, caseType: $caseType) {
        mapping { ...MappingRow }
        userErrors { code message path }
      }
    }
  `,[E]),O=`BUILT_IN`;function k({mapping:e}){let t=n(E,e),{isAdmin:r}=y(),{submit:a,errors:o,isBusy:s}=i(D,e=>e.setCaseTypeMapping),[u,f]=(0,w.useState)(!1),p=t.practiceArea??`Practice area ${t.practiceAreaId}`,m=async e=>{f(!1);let n=e===O?null:e;await a({practiceAreaId:t.practiceAreaId,caseType:n})&&(f(!0),b(`${p} is saved. From each watch’s next sync.`))},h=Object.values(o)[0];return(0,T.jsxs)(`tr`,{children:[(0,T.jsx)(`td`,{children:p}),(0,T.jsx)(`td`,{children:r?(0,T.jsxs)(c,{label:`Case type for ${p}`,isLabelHidden:!0,value:t.isBuiltIn?O:t.caseType,"aria-busy":s,onChange:e=>m(e.target.value),children:[(0,T.jsx)(`option`,{value:O,children:t.isBuiltIn?`${d(t.caseType)} (built in)`:`As built in`}),l.map(e=>(0,T.jsx)(`option`,{value:e,children:d(e)},e))]}):d(t.caseType)}),(0,T.jsxs)(`td`,{children:[(0,T.jsx)(g,{tone:t.isBuiltIn?`plain`:`accent`,children:t.isBuiltIn?`Built in`:`Chosen`}),` `,u&&(0,T.jsx)(`span`,{className:C.saved,children:`Saved.`}),h&&(0,T.jsx)(`span`,{className:C.problem,role:`alert`,children:h})]})]})}var A=h(`
    query CaseTypes {
      caseTypeMappings { id ...MappingRow }
    }
  `,[E]);function j(){let{isAdmin:e}=y(),[{data:n,error:r},i]=t({query:A,requestPolicy:`cache-and-network`});return(0,T.jsxs)(T.Fragment,{children:[(0,T.jsx)(s,{children:`Case types`}),(0,T.jsxs)(`p`,{className:C.lead,children:[`What each practice area in Clio becomes here. A change takes effect from each watch’s next sync.`,!e&&` Administrators change these.`]}),(0,T.jsx)(f,{children:(0,T.jsx)(M,{mappings:n?.caseTypeMappings,error:r,onRetry:()=>i({requestPolicy:`network-only`})})})]})}function M({mappings:e,error:t,onRetry:n}){return r(t).includes(`CLIO_NOT_CONNECTED`)?(0,T.jsx)(_,{title:`Clio is not connected`,actions:(0,T.jsx)(m,{to:`/integrations/clio`,children:`To Clio`}),children:`Practice areas are read from Clio.`}):!e&&t?(0,T.jsx)(v,{what:`The practice areas`,reason:p(t),onRetry:n}):e?e.length===0?(0,T.jsx)(_,{title:`No practice areas`,children:`Your firm’s Clio has none.`}):(0,T.jsxs)(`table`,{className:u(a.table,a.stacked),children:[(0,T.jsx)(`thead`,{children:(0,T.jsxs)(`tr`,{children:[(0,T.jsx)(`th`,{scope:`col`,children:`Practice area in Clio`}),(0,T.jsx)(`th`,{scope:`col`,children:`Case type`}),(0,T.jsx)(`th`,{scope:`col`,children:`Chosen by`})]})}),(0,T.jsx)(`tbody`,{children:e.map(e=>(0,T.jsx)(k,{mapping:e},e.id))})]}):(0,T.jsx)(o,{rows:6})}export{j as CaseTypesPage};