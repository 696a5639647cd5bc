import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{c as t,n}from"./data-BtsfOPlW.js";import{c as r,o as i,p as a,s as o,t as s}from"./Button-C8NHamxl.js";import{t as c}from"./graphql-HPN4ApZR.js";import{H as l,N as u,ft as d,nt as f,q as p,r as m,rt as h,tt as g}from"./index-XkiQgwgW.js";import{t as _}from"./Skeleton-NdxyV_oN.js";import{C as v,y}from"./react-Com9ocF_.js";import{n as b,t as x}from"./form-DnomhAQv.js";import{t as S}from"./ErrorSummary-AMg8HbYd.js";import{i as C,n as w}from"./inputs-DFdweWfc.js";import{t as T}from"./settings.module-BKY_967h.js";import{d as E,f as D}from"./settings-BaTazhf5.js";import{t as O}from"./Time-CqP6R6PI.js";import{t as k}from"./CopyText-_lxUPaJe.js";import{t as A}from"./createLucideIcon-CwdNyMD4.js";import{t as j}from"./Actions-BxGNTg_1.js";var M={name:`user-plus`,size:24,node:[[`path`,{d:`M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2`,key:`1yyitq`}],[`circle`,{cx:`9`,cy:`7`,r:`4`,key:`nufk8`}],[`line`,{x1:`19`,x2:`19`,y1:`8`,y2:`14`,key:`1bvyxn`}],[`line`,{x1:`22`,x2:`16`,y1:`11`,y2:`11`,key:`1shjgl`}]]};M.node;var N=A(M),P=e(v(),1),F=y(),I=c(`
  mutation UpdateFirm($input: UpdateFirmInput!) {
    updateFirm(input: $input) {
      firm { id name }
      userErrors { code message path }
    }
  }
`);function L(){let{firm:e}=h(),{submit:t,errors:n,isBusy:i}=b(I,e=>e.updateFirm),[a,c]=(0,P.useState)(!1),l=async e=>{c(!1);let{firmName:n=``}=x(e);await t({input:{name:n}})&&(c(!0),m(`Saved.`))};return(0,F.jsx)(o,{title:`Firm`,children:(0,F.jsx)(r,{children:(0,F.jsxs)(`form`,{className:T.form,noValidate:!0,onSubmit:e=>{e.preventDefault(),l(e.currentTarget)},children:[(0,F.jsx)(C,{id:`firmName`,name:`firmName`,label:`Name of the firm`,defaultValue:e.name,error:n.name}),n[``]&&(0,F.jsx)(S,{errors:{"":n[``]}}),(0,F.jsxs)(`div`,{children:[(0,F.jsx)(s,{type:`submit`,isBusy:i,busyText:`Saving…`,children:`Save name`}),a&&(0,F.jsx)(`span`,{className:T.done,children:` Saved.`})]})]})})})}var R=c(`
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
`),z=c(`
    mutation InviteMember($input: InviteMemberInput!) {
      inviteMember(input: $input) {
        invitationUrl
        query {
          viewer { id firm { ...Invitations } }
        }
        userErrors { code message path }
      }
    }
  `,[R]),B=c(`
    mutation RevokeInvitation($id: ID!) {
      revokeInvitation(id: $id) {
        revokedId
        query {
          viewer { id firm { ...Invitations } }
        }
        userErrors { code message path }
      }
    }
  `,[R]);function V({firm:e}){let{invitations:t}=n(R,e),i=b(z,e=>e.inviteMember),a=b(B,e=>e.revokeInvitation),[c,u]=(0,P.useState)(),d=async e=>{let{email:t=``,role:n=`MEMBER`}=x(e),r=await i.submit({input:{email:t,role:n}});r?.invitationUrl&&(e.reset(),u({url:r.invitationUrl,email:t}))},p=async e=>{await a.submit({id:e})&&m(`The invitation is revoked.`)},h=()=>u(void 0);return(0,F.jsxs)(o,{title:`Invitations`,children:[(0,F.jsx)(r,{children:(0,F.jsxs)(`form`,{noValidate:!0,onSubmit:e=>{e.preventDefault(),d(e.currentTarget)},children:[(0,F.jsx)(S,{errors:{...i.errors,...a.errors}}),(0,F.jsxs)(`div`,{className:T.inline,children:[(0,F.jsx)(C,{id:`email`,name:`email`,type:`email`,label:`E-mail`,error:i.errors.email}),(0,F.jsx)(w,{name:`role`,label:`Role`,defaultValue:`MEMBER`,children:D.map(e=>(0,F.jsx)(`option`,{value:e,children:E(e)},e))}),(0,F.jsx)(s,{type:`submit`,icon:N,isBusy:i.isBusy,busyText:`Inviting…`,children:`Invite`})]})]})}),(0,F.jsx)(`ul`,{className:T.rows,children:t?.map(e=>(0,F.jsxs)(`li`,{children:[(0,F.jsxs)(`div`,{children:[e.email,(0,F.jsxs)(`div`,{className:`mut small`,children:[E(e.role),e.invitedBy&&`, invited by ${e.invitedBy.name}`,`, until`,` `,(0,F.jsx)(O,{at:e.expiresAt,as:l})]})]}),(0,F.jsx)(s,{isSmall:!0,onClick:()=>p(e.id),"aria-label":`Revoke the invitation of ${e.email}`,children:`Revoke`})]},e.id))}),(0,F.jsxs)(f,{isOpen:c!==void 0,onClose:h,title:`An invitation for ${c?.email}`,actions:(0,F.jsx)(s,{onClick:h,children:`Close`}),children:[(0,F.jsx)(`p`,{children:`Send them this link. It works once, for seven days, and is not shown again.`}),(0,F.jsx)(k,{text:c?.url??``,label:`Copy link`})]})]})}var H=c(`
  mutation CreatePasswordReset($userId: ID!) {
    createPasswordReset(userId: $userId) {
      resetUrl
      expiresAt
      userErrors { code message path }
    }
  }
`);function U({userId:e,name:t}){let{submit:n,errors:r,isBusy:i}=b(H,e=>e.createPasswordReset),[a,o]=(0,P.useState)(),c=async()=>{let t=await n({userId:e});t?.resetUrl&&o({url:t.resetUrl,until:t.expiresAt})},l=()=>o(void 0);return(0,F.jsxs)(F.Fragment,{children:[(0,F.jsx)(s,{isSmall:!0,isBusy:i,onClick:c,"aria-label":`New password for ${t}`,children:`New password`}),Object.values(r).map(e=>(0,F.jsx)(`span`,{role:`alert`,children:e},e)),(0,F.jsxs)(f,{isOpen:a!==void 0,onClose:l,title:`A link for ${t}`,actions:(0,F.jsx)(s,{onClick:l,children:`Close`}),children:[(0,F.jsxs)(`p`,{children:[`Give it to `,t,`: whoever opens it chooses the password. It works once`,a?.until&&(0,F.jsxs)(F.Fragment,{children:[`, until `,(0,F.jsx)(O,{at:a.until,as:p})]}),`, and is not shown again.`]}),(0,F.jsx)(k,{text:a?.url??``,label:`Copy link`})]})]})}var W=c(`
  fragment MemberRow on User {
    id
    name
    email
    role
  }
`),G=c(`
  mutation ChangeMemberRole($userId: ID!, $role: Role!) {
    changeMemberRole(userId: $userId, role: $role) {
      user { id role }
      userErrors { code message path }
    }
  }
`),K=c(`
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
`);function q({member:e,isSelf:t}){let r=n(W,e),{isAdmin:i}=h(),[a,o]=(0,P.useState)(!1),c=b(G,e=>e.changeMemberRole),l=b(K,e=>e.removeMember),d=async e=>{await c.submit({userId:r.id,role:e})&&m(`${r.name} is now ${E(e).toLowerCase()}.`)},f=async()=>{let e=await l.submit({userId:r.id});o(!1),e&&m(`${r.name} was removed.`)},p=Object.values({...c.errors,...l.errors})[0];return(0,F.jsxs)(`li`,{children:[(0,F.jsxs)(`div`,{children:[(0,F.jsx)(`b`,{children:r.name}),` `,t&&(0,F.jsx)(u,{children:`You`}),(0,F.jsx)(`div`,{className:`mut small`,children:r.email}),p&&(0,F.jsx)(`p`,{role:`alert`,className:`small`,children:p})]}),i?(0,F.jsxs)(j,{children:[(0,F.jsx)(w,{label:`Role of ${r.name}`,isLabelHidden:!0,value:r.role,onChange:e=>d(e.target.value),children:D.map(e=>(0,F.jsx)(`option`,{value:e,children:E(e)},e))}),!t&&(0,F.jsx)(U,{userId:r.id,name:r.name}),!t&&(0,F.jsx)(s,{isSmall:!0,onClick:()=>o(!0),"aria-label":`Remove ${r.name}`,children:`Remove`})]}):(0,F.jsx)(`span`,{children:E(r.role)}),(0,F.jsx)(g,{isOpen:a,onClose:()=>o(!1),title:`Remove ${r.name}?`,confirm:`Remove ${r.name}`,onConfirm:f,isBusy:l.isBusy,isDanger:!0,children:(0,F.jsxs)(`p`,{children:[r.name,` is signed out everywhere, and their API tokens stop working. What they did stays in the history, and they can be invited again.`]})})]})}var J=c(`
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
  `,[W,R]);function Y(){let{isAdmin:e,userId:n}=h(),[{data:r,error:s},c]=t({query:J,requestPolicy:`cache-and-network`}),l=r?.viewer?.firm;return(0,F.jsxs)(`div`,{className:T.stack,children:[(0,F.jsx)(i,{children:`Members`}),(0,F.jsx)(o,{title:`Members`,children:l?(0,F.jsx)(`ul`,{className:T.rows,children:l.members.map(e=>(0,F.jsx)(q,{member:e,isSelf:e.id===n},e.id))}):s?(0,F.jsx)(d,{what:`The members`,reason:a(s),onRetry:()=>c({requestPolicy:`network-only`})}):(0,F.jsx)(_,{rows:3})}),e&&l&&(0,F.jsx)(V,{firm:l}),e?(0,F.jsx)(L,{}):(0,F.jsx)(`p`,{className:`mut`,children:`Administrators change these.`})]})}export{Y as MembersPage};