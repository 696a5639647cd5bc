import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{c as t,n}from"./data-BtsfOPlW.js";import{B as r,Ct as i,I as a,Jt as o,K as s,Kt as c,L as l,St as u,Ut as d,W as f,d as p,f as m,k as h,mt as g,qt as _,tn as v,ut as y,xt as b,z as x}from"./parts-DU_TFh7J.js";import{D as S,I as C,K as w,L as T,R as E,r as D}from"./index-z1Yjg7Ty.js";import{C as O,y as k}from"./react-Com9ocF_.js";import{t as A}from"./settings.module-BKY_967h.js";import{t as j}from"./CopyText-YbIEScre.js";var M={name:`user-plus`,size:24,node:[[`path`,{d:`M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2`,key:`1yyitq`}],[`circle`,{cx:`9`,cy:`7`,r:`4`,key:`nufk8`}],[`line`,{x1:`19`,x2:`19`,y1:`8`,y2:`14`,key:`1bvyxn`}],[`line`,{x1:`22`,x2:`16`,y1:`11`,y2:`11`,key:`1shjgl`}]]};M.node;var N=d(M),P=e(O(),1),F=k(),I=b(`
  mutation UpdateFirm($input: UpdateFirmInput!) {
    updateFirm(input: $input) {
      firm { id name }
      userErrors { code message path }
    }
  }
`);function L(){let{firm:e}=E(),{submit:t,errors:n,isBusy:a}=r(I,e=>e.updateFirm),[c,u]=(0,P.useState)(!1),d=async e=>{u(!1);let{firmName:n=``}=x(e);await t({input:{name:n}})&&(u(!0),D(`Saved.`))};return(0,F.jsx)(_,{title:`Firm`,children:(0,F.jsx)(o,{children:(0,F.jsxs)(`form`,{className:A.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),d(e.currentTarget)},children:[(0,F.jsx)(s,{id:`firmName`,name:`firmName`,label:`Name of the firm`,defaultValue:e.name,error:n.name}),n[``]&&(0,F.jsx)(l,{errors:{"":n[``]}}),(0,F.jsxs)(`div`,{children:[(0,F.jsx)(i,{type:`submit`,isBusy:a,busyText:`Saving…`,children:`Save name`}),c&&(0,F.jsx)(`span`,{className:A.done,children:` Saved.`})]})]})})})}var R=b(`
  fragment Invitations on Firm {
    id
    invitations {
      id
      email
      role
      expiresAt
      invitedBy { id name }
    }
  }
`),z=b(`
    mutation InviteMember($input: InviteMemberInput!) {
      inviteMember(input: $input) {
        invitationUrl
        query {
          viewer { id firm { ...Invitations } }
        }
        userErrors { code message path }
      }
    }
  `,[R]),B=b(`
    mutation RevokeInvitation($id: ID!) {
      revokeInvitation(id: $id) {
        revokedId
        query {
          viewer { id firm { ...Invitations } }
        }
        userErrors { code message path }
      }
    }
  `,[R]);function V({firm:e}){let{invitations:t}=n(R,e),a=r(z,e=>e.inviteMember),c=r(B,e=>e.revokeInvitation),[u,d]=(0,P.useState)(),g=async e=>{let{email:t=``,role:n=`MEMBER`}=x(e),r=await a.submit({input:{email:t,role:n}});r?.invitationUrl&&(e.reset(),d({url:r.invitationUrl,email:t}))},v=async e=>{await c.submit({id:e})&&D(`The invitation is revoked.`)},b=()=>d(void 0);return(0,F.jsxs)(_,{title:`Invitations`,children:[(0,F.jsx)(o,{children:(0,F.jsxs)(`form`,{noValidate:!0,onSubmit:e=>{e.preventDefault(),g(e.currentTarget)},children:[(0,F.jsx)(l,{errors:{...a.errors,...c.errors}}),(0,F.jsxs)(`div`,{className:A.inline,children:[(0,F.jsx)(s,{id:`email`,name:`email`,type:`email`,label:`E-mail`,error:a.errors.email}),(0,F.jsx)(f,{name:`role`,label:`Role`,defaultValue:`MEMBER`,children:m.map(e=>(0,F.jsx)(`option`,{value:e,children:p(e)},e))}),(0,F.jsx)(i,{type:`submit`,icon:N,isBusy:a.isBusy,busyText:`Inviting…`,children:`Invite`})]})]})}),(0,F.jsx)(`ul`,{className:A.rows,children:t?.map(e=>(0,F.jsxs)(`li`,{children:[(0,F.jsxs)(`div`,{children:[e.email,(0,F.jsxs)(`div`,{className:`mut small`,children:[p(e.role),e.invitedBy&&`, invited by ${e.invitedBy.name}`,`, until`,` `,(0,F.jsx)(h,{at:e.expiresAt,as:y})]})]}),(0,F.jsx)(i,{isSmall:!0,onClick:()=>v(e.id),"aria-label":`Revoke the invitation of ${e.email}`,children:`Revoke`})]},e.id))}),(0,F.jsxs)(T,{isOpen:u!==void 0,onClose:b,title:`An invitation for ${u?.email}`,actions:(0,F.jsx)(i,{onClick:b,children:`Close`}),children:[(0,F.jsx)(`p`,{children:`Send them this link. It works once, for seven days, and is not shown again.`}),(0,F.jsx)(j,{text:u?.url??``,label:`Copy link`})]})]})}var H=b(`
  mutation CreatePasswordReset($userId: ID!) {
    createPasswordReset(userId: $userId) {
      resetUrl
      expiresAt
      userErrors { code message path }
    }
  }
`);function U({userId:e,name:t}){let{submit:n,errors:a,isBusy:o}=r(H,e=>e.createPasswordReset),[s,c]=(0,P.useState)(),l=async()=>{let t=await n({userId:e});t?.resetUrl&&c({url:t.resetUrl,until:t.expiresAt})},u=()=>c(void 0);return(0,F.jsxs)(F.Fragment,{children:[(0,F.jsx)(i,{isSmall:!0,isBusy:o,onClick:l,"aria-label":`New password for ${t}`,children:`New password`}),Object.values(a).map(e=>(0,F.jsx)(`span`,{role:`alert`,children:e},e)),(0,F.jsxs)(T,{isOpen:s!==void 0,onClose:u,title:`A link for ${t}`,actions:(0,F.jsx)(i,{onClick:u,children:`Close`}),children:[(0,F.jsxs)(`p`,{children:[`Give it to `,t,`: whoever opens it chooses the password. It works once`,s?.until&&(0,F.jsxs)(F.Fragment,{children:[`, until `,(0,F.jsx)(h,{at:s.until,as:g})]}),`, and is not shown again.`]}),(0,F.jsx)(j,{text:s?.url??``,label:`Copy link`})]})]})}var W=b(`
  fragment MemberRow on User {
    id
    name
    email
    role
  }
`),G=b(`
  mutation ChangeMemberRole($userId: ID!, $role: Role!) {
    changeMemberRole(userId: $userId, role: $role) {
      user { id role }
      userErrors { code message path }
    }
  }
`),K=b(`
  mutation RemoveMember($userId: ID!) {
    removeMember(userId: $userId) {
      removedId
      query {
        viewer {
          id
          firm { id members { id } }
        }
      }
      userErrors { code message path }
    }
  }
`);function q({member:e,isSelf:t}){let a=n(W,e),{isAdmin:o}=E(),[s,c]=(0,P.useState)(!1),l=r(G,e=>e.changeMemberRole),d=r(K,e=>e.removeMember),h=async e=>{await l.submit({userId:a.id,role:e})&&D(`${a.name} is now ${p(e).toLowerCase()}.`)},g=async()=>{let e=await d.submit({userId:a.id});c(!1),e&&D(`${a.name} was removed.`)},_=Object.values({...l.errors,...d.errors})[0];return(0,F.jsxs)(`li`,{children:[(0,F.jsxs)(`div`,{children:[(0,F.jsx)(`b`,{children:a.name}),` `,t&&(0,F.jsx)(S,{children:`You`}),(0,F.jsx)(`div`,{className:`mut small`,children:a.email}),_&&(0,F.jsx)(`p`,{role:`alert`,className:`small`,children:_})]}),o?(0,F.jsxs)(u,{children:[(0,F.jsx)(f,{label:`Role of ${a.name}`,isLabelHidden:!0,value:a.role,onChange:e=>h(e.target.value),children:m.map(e=>(0,F.jsx)(`option`,{value:e,children:p(e)},e))}),!t&&(0,F.jsx)(U,{userId:a.id,name:a.name}),!t&&(0,F.jsx)(i,{isSmall:!0,onClick:()=>c(!0),"aria-label":`Remove ${a.name}`,children:`Remove`})]}):(0,F.jsx)(`span`,{children:p(a.role)}),(0,F.jsx)(C,{isOpen:s,onClose:()=>c(!1),title:`Remove ${a.name}?`,confirm:`Remove ${a.name}`,onConfirm:g,isBusy:d.isBusy,isDanger:!0,children:(0,F.jsxs)(`p`,{children:[a.name,` is signed out everywhere, and their API tokens stop working. What they did stays in the history, and they can be invited again.`]})})]})}var J=b(`
    query Members {
      viewer {
        id
        firm {
          id
          name
          members { id ...MemberRow }
          ...Invitations
        }
      }
    }
  `,[W,R]);function Y(){let{isAdmin:e,userId:n}=E(),[{data:r,error:i},o]=t({query:J,requestPolicy:`cache-and-network`}),s=r?.viewer?.firm;return(0,F.jsxs)(`div`,{className:A.stack,children:[(0,F.jsx)(c,{children:`Members`}),(0,F.jsx)(_,{title:`Members`,children:s?(0,F.jsx)(`ul`,{className:A.rows,children:s.members.map(e=>(0,F.jsx)(q,{member:e,isSelf:e.id===n},e.id))}):i?(0,F.jsx)(w,{what:`The members`,reason:v(i),onRetry:()=>o({requestPolicy:`network-only`})}):(0,F.jsx)(a,{rows:3})}),e&&s&&(0,F.jsx)(V,{firm:s}),e?(0,F.jsx)(L,{}):(0,F.jsx)(`p`,{className:`mut`,children:`Administrators change these.`})]})}export{Y as MembersPage};