import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{n as t,s as n}from"./data-EZAO582-.js";import{a as r,n as i,t as a,u as o}from"./Title-BUyun283.js";import{E as s,M as c,T as l,a as u,g as d,i as f,j as p,k as m,o as h,u as g,v as _,w as v}from"./index-DBLtO39t.js";import{n as y,t as b}from"./Card-33rV8uu6.js";import{t as x}from"./Skeleton-CmlQH4ns.js";import{h as S,y as C}from"./react-CGevX76V.js";import{n as w,t as T}from"./form-DwR7VZcj.js";import{t as E}from"./ErrorSummary-BlCbJFOo.js";import{t as D}from"./settings.module-BKY_967h.js";import{a as O,o as k,t as A}from"./CopyText-DTNm3QSt.js";import{t as j}from"./Time-2VavRT12.js";var M={name:`user-plus`,size:24,node:[[`path`,{d:`M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2`,key:`1yyitq`}],[`circle`,{cx:`9`,cy:`7`,r:`4`,key:`nufk8`}],[`line`,{x1:`19`,x2:`19`,y1:`8`,y2:`14`,key:`1bvyxn`}],[`line`,{x1:`22`,x2:`16`,y1:`11`,y2:`11`,key:`1shjgl`}]]};M.node;var N=r(M),P=e(C(),1),F=S(),I=m(`
  mutation UpdateFirm($input: UpdateFirmInput!) {
    updateFirm(input: $input) {
      firm { id name }
      userErrors { code message path }
    }
  }
`);function L(){let{firm:e}=s(),{submit:t,errors:n,isBusy:r}=w(I,e=>e.updateFirm),[a,o]=(0,P.useState)(!1),c=async e=>{o(!1);let{firmName:n=``}=T(e);await t({input:{name:n}})&&(o(!0),h(`Saved.`))};return(0,F.jsx)(b,{title:`Firm`,children:(0,F.jsx)(y,{children:(0,F.jsxs)(`form`,{className:D.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),c(e.currentTarget)},children:[(0,F.jsx)(u,{id:`firmName`,name:`firmName`,label:`Name of the firm`,defaultValue:e.name,error:n.name}),n[``]&&(0,F.jsx)(E,{errors:{"":n[``]}}),(0,F.jsxs)(`div`,{children:[(0,F.jsx)(i,{type:`submit`,isBusy:r,busyText:`Saving…`,children:`Save name`}),a&&(0,F.jsx)(`span`,{className:D.done,children:` Saved.`})]})]})})})}var R=m(`
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
`),z=m(`
    mutation InviteMember($input: InviteMemberInput!) {
      inviteMember(input: $input) {
        invitationUrl
        query {
          viewer { id firm { ...Invitations } }
        }
        userErrors { code message path }
      }
    }
  `,[R]),B=m(`
    mutation RevokeInvitation($id: ID!) {
      revokeInvitation(id: $id) {
        revokedId
        query {
          viewer { id firm { ...Invitations } }
        }
        userErrors { code message path }
      }
    }
  `,[R]);function V({firm:e}){let{invitations:n}=t(R,e),r=w(z,e=>e.inviteMember),a=w(B,e=>e.revokeInvitation),[o,s]=(0,P.useState)(),c=async e=>{let{email:t=``,role:n=`MEMBER`}=T(e),i=await r.submit({input:{email:t,role:n}});i?.invitationUrl&&(e.reset(),s({url:i.invitationUrl,email:t}))},p=async e=>{await a.submit({id:e})&&h(`The invitation is revoked.`)},m=()=>s(void 0);return(0,F.jsxs)(b,{title:`Invitations`,children:[(0,F.jsx)(y,{children:(0,F.jsxs)(`form`,{noValidate:!0,onSubmit:e=>{e.preventDefault(),c(e.currentTarget)},children:[(0,F.jsx)(E,{errors:{...r.errors,...a.errors}}),(0,F.jsxs)(`div`,{className:D.inline,children:[(0,F.jsx)(u,{id:`email`,name:`email`,type:`email`,label:`E-mail`,error:r.errors.email}),(0,F.jsx)(f,{name:`role`,label:`Role`,defaultValue:`MEMBER`,children:k.map(e=>(0,F.jsx)(`option`,{value:e,children:O(e)},e))}),(0,F.jsx)(i,{type:`submit`,icon:N,isBusy:r.isBusy,busyText:`Inviting…`,children:`Invite`})]})]})}),(0,F.jsx)(`ul`,{className:D.rows,children:n?.map(e=>(0,F.jsxs)(`li`,{children:[(0,F.jsxs)(`div`,{children:[e.email,(0,F.jsxs)(`div`,{className:`mut small`,children:[O(e.role),e.invitedBy&&`, invited by ${e.invitedBy.name}`,`, until`,` `,(0,F.jsx)(j,{at:e.expiresAt,as:d})]})]}),(0,F.jsx)(i,{isSmall:!0,onClick:()=>p(e.id),"aria-label":`Revoke the invitation of ${e.email}`,children:`Revoke`})]},e.id))}),(0,F.jsxs)(l,{isOpen:o!==void 0,onClose:m,title:`An invitation for ${o?.email}`,actions:(0,F.jsx)(i,{onClick:m,children:`Close`}),children:[(0,F.jsx)(`p`,{children:`Send them this link. It works once, for seven days, and is not shown again.`}),(0,F.jsx)(A,{text:o?.url??``,label:`Copy link`})]})]})}var H=m(`
  mutation CreatePasswordReset($userId: ID!) {
    createPasswordReset(userId: $userId) {
      resetUrl
      expiresAt
      userErrors { code message path }
    }
  }
`);function U({userId:e,name:t}){let{submit:n,errors:r,isBusy:a}=w(H,e=>e.createPasswordReset),[o,s]=(0,P.useState)(),c=async()=>{let t=await n({userId:e});t?.resetUrl&&s({url:t.resetUrl,until:t.expiresAt})},u=()=>s(void 0);return(0,F.jsxs)(F.Fragment,{children:[(0,F.jsx)(i,{isSmall:!0,isBusy:a,onClick:c,"aria-label":`New password for ${t}`,children:`New password`}),Object.values(r).map(e=>(0,F.jsx)(`span`,{role:`alert`,children:e},e)),(0,F.jsxs)(l,{isOpen:o!==void 0,onClose:u,title:`A link for ${t}`,actions:(0,F.jsx)(i,{onClick:u,children:`Close`}),children:[(0,F.jsxs)(`p`,{children:[`Give it to `,t,`: whoever opens it chooses the password. It works once`,o?.until&&(0,F.jsxs)(F.Fragment,{children:[`, until `,(0,F.jsx)(j,{at:o.until,as:_})]}),`, and is not shown again.`]}),(0,F.jsx)(A,{text:o?.url??``,label:`Copy link`})]})]})}var W=m(`
  fragment MemberRow on User {
    id
    name
    email
    role
  }
`),G=m(`
  mutation ChangeMemberRole($userId: ID!, $role: Role!) {
    changeMemberRole(userId: $userId, role: $role) {
      user { id role }
      userErrors { code message path }
    }
  }
`),K=m(`
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
`);function q({member:e,isSelf:n}){let r=t(W,e),{isAdmin:a}=s(),[o,l]=(0,P.useState)(!1),u=w(G,e=>e.changeMemberRole),d=w(K,e=>e.removeMember),p=async e=>{await u.submit({userId:r.id,role:e})&&h(`${r.name} is now ${O(e).toLowerCase()}.`)},m=async()=>{let e=await d.submit({userId:r.id});l(!1),e&&h(`${r.name} was removed.`)},_=Object.values({...u.errors,...d.errors})[0];return(0,F.jsxs)(`li`,{children:[(0,F.jsxs)(`div`,{children:[(0,F.jsx)(`b`,{children:r.name}),` `,n&&(0,F.jsx)(g,{children:`You`}),(0,F.jsx)(`div`,{className:`mut small`,children:r.email}),_&&(0,F.jsx)(`p`,{role:`alert`,className:`small`,children:_})]}),a?(0,F.jsxs)(c,{children:[(0,F.jsx)(f,{label:`Role of ${r.name}`,isLabelHidden:!0,value:r.role,onChange:e=>p(e.target.value),children:k.map(e=>(0,F.jsx)(`option`,{value:e,children:O(e)},e))}),!n&&(0,F.jsx)(U,{userId:r.id,name:r.name}),!n&&(0,F.jsx)(i,{isSmall:!0,onClick:()=>l(!0),"aria-label":`Remove ${r.name}`,children:`Remove`})]}):(0,F.jsx)(`span`,{children:O(r.role)}),(0,F.jsx)(v,{isOpen:o,onClose:()=>l(!1),title:`Remove ${r.name}?`,confirm:`Remove ${r.name}`,onConfirm:m,isBusy:d.isBusy,isDanger:!0,children:(0,F.jsxs)(`p`,{children:[r.name,` is signed out everywhere, and their API tokens stop working. What they did stays in the history, and they can be invited again.`]})})]})}var J=m(`
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
  `,[W,R]);function Y(){let{isAdmin:e,userId:t}=s(),[{data:r,error:i},c]=n({query:J,requestPolicy:`cache-and-network`}),l=r?.viewer?.firm;return(0,F.jsxs)(`div`,{className:D.stack,children:[(0,F.jsx)(a,{children:`Members`}),(0,F.jsx)(b,{title:`Members`,children:l?(0,F.jsx)(`ul`,{className:D.rows,children:l.members.map(e=>(0,F.jsx)(q,{member:e,isSelf:e.id===t},e.id))}):i?(0,F.jsx)(p,{what:`The members`,reason:o(i),onRetry:()=>c({requestPolicy:`network-only`})}):(0,F.jsx)(x,{rows:3})}),e&&l&&(0,F.jsx)(V,{firm:l}),e?(0,F.jsx)(L,{}):(0,F.jsx)(`p`,{className:`mut`,children:`Administrators change these.`})]})}export{Y as MembersPage};