import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{C as t,d as n,u as r,y as i}from"./react-Com9ocF_.js";import{c as a,n as o,s}from"./data-BtsfOPlW.js";import{A as c,Bt as l,F as u,Gt as d,I as f,Jt as p,Nt as m,O as h,P as g,Q as _,S as v,St as y,Tt as b,Xt as x,b as S,dt as C,g as w,it as T,k as E,nn as D,qt as O,wt as k}from"./parts-KJIFvZj4.js";import{D as A,J as j,q as M,r as N}from"./index-DnuZwOHm.js";import{t as P}from"./StickyBar-Dom4eIZN.js";import{t as F}from"./link-2-DJkvLTV2.js";var I=e(t(),1),L={lead:`_lead_d813z_2`,head:`_head_d813z_6`,row:`_row_d813z_7`,side:`_side_d813z_22`,watch:`_watch_d813z_35`,matter:`_matter_d813z_50`,field:`_field_d813z_58`,moved:`_moved_d813z_62`,choice:`_choice_d813z_68`,value:`_value_d813z_95`,by:`_by_d813z_107`,kind:`_kind_d813z_113`},R=i(),z=y(`
  fragment ConflictRow on SyncConflict {
    id
    field
    local
    clio
    editedAt
    editedBy { id name }
  }
`);function B({conflict:e,choice:t,onChoose:n,hasMoved:r}){let i=o(z,e),a=_(i.field),s=h(v(i.field,i.local),v(i.field,i.clio)),c=e=>({name:i.id,checked:t===e,onChange:()=>n(e)});return(0,R.jsxs)(`div`,{className:L.row,role:`radiogroup`,"aria-label":a,onKeyDown:e=>{e.key===`Escape`&&n(void 0)},children:[(0,R.jsxs)(`div`,{className:L.field,children:[a,r&&(0,R.jsx)(`p`,{className:L.moved,children:`Changed meanwhile. Look again.`})]}),(0,R.jsxs)(`label`,{className:L.choice,children:[(0,R.jsx)(w,{...c(`LOCAL`)}),(0,R.jsxs)(`span`,{className:L.value,children:[(0,R.jsx)(`span`,{className:L.kind,children:`Keep ours`}),(0,R.jsx)(`b`,{children:(0,R.jsx)(S,{segments:s.before})}),i.editedAt&&(0,R.jsxs)(`span`,{className:L.by,children:[i.editedBy&&`${i.editedBy.name}, `,(0,R.jsx)(E,{at:i.editedAt,as:C})]})]})]}),(0,R.jsxs)(`label`,{className:L.choice,children:[(0,R.jsx)(w,{...c(`CLIO`)}),(0,R.jsxs)(`span`,{className:L.value,children:[(0,R.jsx)(`span`,{className:L.kind,children:`Use Clio’s`}),(0,R.jsx)(`b`,{children:(0,R.jsx)(S,{segments:s.after})})]})]})]})}function V({count:e,isOfOneWatch:t,onChooseAll:r}){return(0,R.jsxs)(`div`,{className:L.head,children:[(0,R.jsx)(`span`,{children:t&&(0,R.jsx)(n,{to:`/integrations/conflicts`,children:`Show all`})}),(0,R.jsx)(H,{icon:m,words:`Keep ours`,count:e,onChooseAll:()=>r(`LOCAL`)}),(0,R.jsx)(H,{icon:F,words:`Use Clio’s`,count:e,onChooseAll:()=>r(`CLIO`)})]})}function H({icon:e,words:t,count:n,onChooseAll:r}){return(0,R.jsxs)(`span`,{className:L.side,children:[(0,R.jsx)(d,{of:e}),(0,R.jsx)(`b`,{children:t}),(0,R.jsxs)(k,{look:`link`,onClick:r,"aria-label":`${t}: choose for all ${n}`,children:[`Choose for all `,n]})]})}function U(e){let t=[...e.values()];return{ours:t.filter(e=>e===`LOCAL`).length,clio:t.filter(e=>e===`CLIO`).length}}function W(e,t){let n=new Set(t);return new Map([...e].filter(([e])=>n.has(e)))}function G({ours:e,clio:t}){return[e>0&&`${e} ours`,t>0&&`${t} Clio’s`].filter(Boolean).join(`, `)}var K=y(`
  mutation SettleConflicts($ids: [ID!]!, $resolution: ConflictChoice!) {
    resolveSyncConflicts(ids: $ids, resolution: $resolution) {
      resolvedIds
      watches {
        id
        firstName
        lastName
        dateOfBirth
        city
        state
        caseNumber
        assignedTo
        caseType
        dateOfInterest
        version
        updatedAt
        syncedFields { field value clio origin editedAt editedBy { id name } }
        conflicts { id }
      }
      userErrors { code message path }
    }
  }
`);function q(){let[,e]=s(K),[t,n]=(0,I.useState)(!1);return{save:async t=>{n(!0);let r=[],i;for(let n of[`LOCAL`,`CLIO`]){let a=[...t].filter(([,e])=>e===n).map(([e])=>e);if(a.length===0)continue;let{data:o,error:s}=await e({ids:a,resolution:n}),c=o?.resolveSyncConflicts;r.push(...c?.resolvedIds??[]);let l=c?.userErrors.find(e=>e.code!==`CONFLICT`&&e.code!==`NOT_FOUND`);i??=s?D(s):l?.message}n(!1);let a=new Map([...t].filter(([e])=>r.includes(e))),o=a.size>0?`${a.size} settled: ${G(U(a))}.`:`Nothing was settled.`;return{settled:i===void 0?{text:o}:{text:o,problem:i},resolvedIds:r}},isBusy:t}}function J(e){let t=new Map;for(let n of e){let e=t.get(n.watch.id);e?e.push(n):t.set(n.watch.id,[n])}return[...t.values()]}function Y({conflicts:e,children:t}){let{watch:r}=e[0],i=A(r);return(0,R.jsxs)(`section`,{className:L.watch,children:[(0,R.jsxs)(`h2`,{children:[(0,R.jsxs)(n,{className:u.name,to:`/watches/$id`,params:{id:r.id},children:[i.last,`, `,(0,R.jsx)(`span`,{children:i.rest})]}),(0,R.jsxs)(`span`,{className:L.matter,children:[r.caseNumber??`no case number`,` · `,r.assignedTo??`nobody assigned`]})]}),t]})}var X=e=>`${e.watch.id} ${e.field}`;function Z({found:e,isOfOneWatch:t}){let{nodes:n,totalCount:r,pageInfo:i}=e,[a,o]=(0,I.useState)(new Map),[s,u]=(0,I.useState)(new Map),[d,f]=(0,I.useState)(),m=(0,I.useRef)(null),{save:h,isBusy:g}=q(),_=(0,I.useMemo)(()=>W(a,n.map(e=>e.id)),[a,n]),v=(e,t)=>{let n=new Map(_);t?n.set(e,t):n.delete(e),o(n)},y=e=>o(new Map(n.map(t=>[t.id,e]))),S=async()=>{if(g||_.size===0)return;let e=new Map(n.map(e=>[e.id,X(e)])),t=await h(_),r=[..._].filter(([e])=>!t.resolvedIds.includes(e));u(new Map(r.map(([t])=>[e.get(t)??``,t]))),o(new Map(r)),f(t.settled),N([t.settled.text,t.settled.problem].filter(Boolean).join(` `))},{ours:C,clio:w}=U(_);return(0,R.jsxs)(`form`,{ref:m,onSubmit:e=>{e.preventDefault(),S()},onKeyDown:e=>{e.key===`Enter`&&(e.metaKey||e.ctrlKey)&&m.current?.requestSubmit()},children:[d&&(0,R.jsx)(T,{tone:d.problem?`danger`:`ok`,title:d.text,className:L.lead??``,children:d.problem}),n.length===0?(0,R.jsx)(p,{children:(0,R.jsx)(M,{title:`No conflicts`,children:`When an edit made here and Clio disagree, you choose between them on this page.`})}):(0,R.jsxs)(R.Fragment,{children:[(0,R.jsx)(`p`,{className:L.lead,children:Q(n,r)}),(0,R.jsxs)(p,{children:[(0,R.jsx)(V,{count:n.length,isOfOneWatch:t,onChooseAll:y}),J(n).map(e=>(0,R.jsx)(Y,{conflicts:e,children:e.map(e=>(0,R.jsx)(B,{conflict:e,choice:_.get(e.id),onChoose:t=>v(e.id,t),hasMoved:(s.get(X(e))??e.id)!==e.id},e.id))},e[0].watch.id)),i.hasNextPage&&(0,R.jsxs)(x,{children:[(0,R.jsxs)(`span`,{children:[`The newest `,n.length,` are shown.`]}),(0,R.jsx)(b,{isSmall:!0,to:`/integrations/conflicts`,search:e=>({...e,after:i.endCursor??void 0}),iconAfter:l,children:`Older ones`})]})]}),_.size>0&&(0,R.jsx)(P,{label:`Your choices`,title:`${_.size} of ${n.length} chosen`,text:`Keep ours: ${C}. Use Clio’s: ${w}.`,actions:(0,R.jsxs)(R.Fragment,{children:[(0,R.jsx)(k,{look:`quiet`,onClick:()=>o(new Map),children:`Clear`}),(0,R.jsxs)(k,{look:`main`,type:`submit`,isBusy:g,busyText:`Saving…`,children:[`Save `,c(_.size,`choice`)]})]})})]})]})}function Q(e,t){let n=new Set(e.map(e=>e.watch.id)).size,r=t===e.length?` in ${g(n)}`:``;return`${c(t,`field`)}${r} ${t===1?`was`:`were`} edited here, and Clio says something else. Ours stays until you choose.`}var $=y(`
    query Conflicts($after: String, $watchId: ID) {
      syncConflicts(first: 100, after: $after, watchId: $watchId) {
        totalCount
        nodes {
          id
          field
          ...ConflictRow
          watch { id firstName middleName lastName caseNumber assignedTo }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,[z]),ee=r(`/app/integrations/conflicts`);function te(){let{watch:e,after:t}=ee.useSearch(),[{data:n,error:r,fetching:i},o]=a({query:$,variables:{watchId:e??null,after:t??null},requestPolicy:`cache-and-network`}),s=n?.syncConflicts;return(0,R.jsxs)(R.Fragment,{children:[(0,R.jsx)(O,{children:`Conflicts`}),s?(0,R.jsx)(Z,{found:s,isOfOneWatch:e!==void 0}):r&&!i?(0,R.jsx)(p,{children:(0,R.jsx)(j,{what:`The conflicts`,reason:D(r),onRetry:()=>o({requestPolicy:`network-only`})})}):(0,R.jsx)(p,{children:(0,R.jsx)(f,{})})]})}export{te as ConflictsPage};