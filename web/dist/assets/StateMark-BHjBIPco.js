import{y as e}from"./react-Com9ocF_.js";import{At as t,Ft as n,It as r,Lt as i,Nt as a,Rt as o,Ut as s,jt as c,kt as l,xt as u}from"./parts-DU_TFh7J.js";import{A as d,D as f,j as p}from"./index-z1Yjg7Ty.js";var m={name:`circle-stop`,size:24,node:[[`circle`,{cx:`12`,cy:`12`,r:`10`,key:`1mglay`}],[`rect`,{x:`9`,y:`9`,width:`6`,height:`6`,rx:`1`,key:`1ssd4o`}]],aliases:[`stop-circle`]};m.node;var h=s(m),g=u(`
  fragment Run on SyncRun @_unmask {
    id
    roundId
    trigger
    scope
    dryRun
    conflictResolution
    status
    counts { selected processed updated unchanged missing skipped failed conflicts identityChanged }
    remaining
    waitingUntil
    requestedBy { id name }
    createdAt
    startedAt
    finishedAt
    problem
    problemCode
    canUndo
    undoneAt
    undoneBy { id name }
  }
`),_=u(`
  fragment RunResult on WatchSyncResult @_unmask {
    id
    outcome
    identityChanged
    message
    watch {
      id
      firstName
      middleName
      lastName
      caseNumber
      status
      lastSyncedAt
      clioLink { matterId clientName newClientName state url }
    }
    fields { field decision reason before clio after }
  }
`);function v(e){return e.finishedAt!==null}var y=e(),b={queued:[`plain`,r],running:[`accent`,c],done:[`ok`,o],partial:[`attention`,t],failed:[`danger`,i],stopped:[`plain`,h],undone:[`plain`,l],preview:[`plain`,n],unknown:[`plain`,a]};function x({state:e,words:t}){let[n,r]=b[e];return(0,y.jsx)(f,{tone:n,icon:r,children:t})}function S({run:e}){return(0,y.jsx)(x,{state:d(e),words:p(e)})}export{v as a,g as i,x as n,h as o,_ as r,S as t};