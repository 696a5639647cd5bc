import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{c as t,n}from"./data-BtsfOPlW.js";import{B as r,Ct as i,G as a,I as o,Jt as s,L as c,R as l,St as u,V as d,Wt as f,Yt as p,d as m,dt as h,f as g,ht as _,k as v,nn as y,q as b,qt as x,wt as S}from"./parts-KJIFvZj4.js";import{B as C,J as w,R as T,k as E,r as D,z as O}from"./index-DnuZwOHm.js";import{C as k,y as A}from"./react-Com9ocF_.js";import{t as j}from"./settings.module-BKY_967h.js";import{t as M}from"./CopyText-67k6HVUV.js";var N={name:`user-plus`,size:24,node:[[`path`,{d:`M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2`,key:`1yyitq`}],[`circle`,{cx:`9`,cy:`7`,r:`4`,key:`nufk8`}],[`line`,{x1:`19`,x2:`19`,y1:`8`,y2:`14`,key:`1bvyxn`}],[`line`,{x1:`22`,x2:`16`,y1:`11`,y2:`11`,key:`1shjgl`}]]};N.node;var P=f(N),F=e(k(),1),I=A(),L=u(`
  mutation UpdateFirm($input: UpdateFirmInput!) {
    updateFirm(input: $input) {
      firm { id name }
      userErrors { code message path }
    }
  }
`);function R(){let{firm:e}=C(),{submit:t,errors:n,isBusy:i}=d(L,e=>e.updateFirm),[a,o]=(0,F.useState)(!1);return(0,I.jsx)(s,{title:`Firm`,children:(0,I.jsx)(p,{children:(0,I.jsxs)(c,{className:j.form,onSubmit:async e=>{o(!1);let{firmName:n=``}=r(e);await t({input:{name:n}})&&(o(!0),D(`Saved.`))},children:[(0,I.jsx)(b,{id:`firmName`,name:`firmName`,label:`Name of the firm`,defaultValue:e.name,error:n.name}),n[``]&&(0,I.jsx)(l,{errors:{"":n[``]}}),(0,I.jsxs)(`div`,{children:[(0,I.jsx)(S,{type:`submit`,isBusy:i,busyText:`Saving…`,children:`Save name`}),a&&(0,I.jsx)(`span`,{className:j.done,children:` Saved.`})]})]})})})}var z=u(`
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
`),B=u(`
    mutation InviteMember($input: InviteMemberInput!) {
      inviteMember(input: $input) {
        invitationUrl
        query {
          viewer { id firm { ...Invitations } }
        }
        userErrors { code message path }
      }
    }
  `,[z]),V=u(`
    mutation RevokeInvitation($id: ID!) {
      revokeInvitation(id: $id) {
        revokedId
        query {
          viewer { id firm { ...Invitations } }
        }
        userErrors { code message path }
      }
    }
  `,[z]);function H({firm:e}){let{invitations:t}=n(z,e),i=d(B,e=>e.inviteMember),o=d(V,e=>e.revokeInvitation),[u,f]=(0,F.useState)(),_=async e=>{let{email:t=``,role:n=`MEMBER`}=r(e),a=await i.submit({input:{email:t,role:n}});a?.invitationUrl&&(e.reset(),f({url:a.invitationUrl,email:t}))},y=async e=>{await o.submit({id:e})&&D(`The invitation is revoked.`)},x=()=>f(void 0);return(0,I.jsxs)(s,{title:`Invitations`,children:[(0,I.jsx)(p,{children:(0,I.jsxs)(c,{onSubmit:_,children:[(0,I.jsx)(l,{errors:{...i.errors,...o.errors}}),(0,I.jsxs)(`div`,{className:j.inline,children:[(0,I.jsx)(b,{id:`email`,name:`email`,type:`email`,label:`E-mail`,error:i.errors.email}),(0,I.jsx)(a,{name:`role`,label:`Role`,defaultValue:`MEMBER`,children:g.map(e=>(0,I.jsx)(`option`,{value:e,children:m(e)},e))}),(0,I.jsx)(S,{type:`submit`,icon:P,isBusy:i.isBusy,busyText:`Inviting…`,children:`Invite`})]})]})}),(0,I.jsx)(`ul`,{className:j.rows,children:t?.map(e=>(0,I.jsxs)(`li`,{children:[(0,I.jsxs)(`div`,{children:[e.email,(0,I.jsxs)(`div`,{className:`mut small`,children:[m(e.role),e.invitedBy&&`, invited by ${e.invitedBy.name}`,`, until`,` `,(0,I.jsx)(v,{at:e.expiresAt,as:h})]})]}),(0,I.jsx)(S,{isSmall:!0,onClick:()=>y(e.id),"aria-label":`Revoke the invitation of ${e.email}`,children:`Revoke`})]},e.id))}),(0,I.jsxs)(O,{isOpen:u!==void 0,onClose:x,title:`An invitation for ${u?.email}`,actions:(0,I.jsx)(S,{onClick:x,children:`Close`}),children:[(0,I.jsx)(`p`,{children:`Send them this link. It works once, for seven days, and is not shown again.`}),(0,I.jsx)(M,{text:u?.url??``,label:`Copy link`})]})]})}var U=u(`
  mutation CreatePasswordReset($userId: ID!) {
    createPasswordReset(userId: $userId) {
      resetUrl
      expiresAt
      userErrors { code message path }
    }
  }
`);function W({userId:e,name:t}){let{submit:n,errors:r,isBusy:i}=d(U,e=>e.createPasswordReset),[a,o]=(0,F.useState)(),s=async()=>{let t=await n({userId:e});t?.resetUrl&&o({url:t.resetUrl,until:t.expiresAt})},c=()=>o(void 0);return(0,I.jsxs)(I.Fragment,{children:[(0,I.jsx)(S,{isSmall:!0,isBusy:i,onClick:s,"aria-label":`New password for ${t}`,children:`New password`}),Object.values(r).map(e=>(0,I.jsx)(`span`,{role:`alert`,children:e},e)),(0,I.jsxs)(O,{isOpen:a!==void 0,onClose:c,title:`A link for ${t}`,actions:(0,I.jsx)(S,{onClick:c,children:`Close`}),children:[(0,I.jsxs)(`p`,{children:[`Give it to `,t,`: whoever opens it chooses the password. It works once`,a?.until&&(0,I.jsxs)(I.Fragment,{children:[`, until `,(0,I.jsx)(v,{at:a.until,as:_})]}),`, and is not shown again.`]}),(0,I.jsx)(M,{text:a?.url??``,label:`Copy link`})]})]})}var G=u(`
  fragment MemberRow on User {
    id
    name
    email
    role
  }
`),K=u(`
  mutation ChangeMemberRole($userId: ID!, $role: Role!) {
    changeMemberRole(userId: $userId, role: $role) {
      user { id role }
      userErrors { code message path }
    }
  }
`),q=u(`
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
`);function J({member:e,isSelf:t}){let r=n(G,e),{isAdmin:o}=C(),[s,c]=(0,F.useState)(!1),l=d(K,e=>e.changeMemberRole),u=d(q,e=>e.removeMember),f=async e=>{await l.submit({userId:r.id,role:e})&&D(`${r.name} is now ${m(e).toLowerCase()}.`)},p=async()=>{let e=await u.submit({userId:r.id});c(!1),e&&D(`${r.name} was removed.`)},h=Object.values({...l.errors,...u.errors})[0];return(0,I.jsxs)(`li`,{children:[(0,I.jsxs)(`div`,{children:[(0,I.jsx)(`b`,{children:r.name}),` `,t&&(0,I.jsx)(E,{children:`You`}),(0,I.jsx)(`div`,{className:`mut small`,children:r.email}),h&&(0,I.jsx)(`p`,{role:`alert`,className:`small`,children:h})]}),o?(0,I.jsxs)(i,{children:[(0,I.jsx)(a,{label:`Role of ${r.name}`,isLabelHidden:!0,value:r.role,onChange:e=>f(e.target.value),children:g.map(e=>(0,I.jsx)(`option`,{value:e,children:m(e)},e))}),!t&&(0,I.jsx)(W,{userId:r.id,name:r.name}),!t&&(0,I.jsx)(S,{isSmall:!0,onClick:()=>c(!0),"aria-label":`Remove ${r.name}`,children:`Remove`})]}):(0,I.jsx)(`span`,{children:m(r.role)}),(0,I.jsx)(T,{isOpen:s,onClose:()=>c(!1),title:`Remove ${r.name}?`,confirm:`Remove ${r.name}`,onConfirm:p,isBusy:u.isBusy,isDanger:!0,children:(0,I.jsxs)(`p`,{children:[r.name,` is signed out everywhere, and their API tokens stop working. What they did stays in the history, and they can be invited again.`]})})]})}var Y=u(`
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
  `,[G,z]);function X(){let{isAdmin:e,userId:n}=C(),[{data:r,error:i},a]=t({query:Y,requestPolicy:`cache-and-network`}),c=r?.viewer?.firm;return(0,I.jsxs)(`div`,{className:j.stack,children:[(0,I.jsx)(x,{children:`Members`}),(0,I.jsx)(s,{title:`Members`,children:c?(0,I.jsx)(`ul`,{className:j.rows,children:c.members.map(e=>(0,I.jsx)(J,{member:e,isSelf:e.id===n},e.id))}):i?(0,I.jsx)(w,{what:`The members`,reason:y(i),onRetry:()=>a({requestPolicy:`network-only`})}):(0,I.jsx)(o,{rows:3})}),e&&c&&(0,I.jsx)(H,{firm:c}),e?(0,I.jsx)(R,{}):(0,I.jsx)(`p`,{className:`mut`,children:`Administrators change these.`})]})}export{X as MembersPage};