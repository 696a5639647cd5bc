import{y as e}from"./react-Com9ocF_.js";import{At as t,It as n,Lt as r,Mt as i,Pt as a,Rt as o,St as s,Wt as c,jt as l,zt as u}from"./parts-KJIFvZj4.js";import{M as d,N as f,k as p}from"./index-DnuZwOHm.js";var m={name:`circle-stop`,size:24,node:[[`circle`,{cx:`12`,cy:`12`,r:`10`,key:`1mglay`}],[`rect`,{x:`9`,y:`9`,width:`6`,height:`6`,rx:`1`,key:`1ssd4o`}]],aliases:[`stop-circle`]};m.node;var h=c(m),g=s(`
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
`),_=s(`
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
`);function v(e){return e.finishedAt!==null}var y=e(),b={queued:[`plain`,r],running:[`accent`,i],done:[`ok`,u],partial:[`attention`,l],failed:[`danger`,o],stopped:[`plain`,h],undone:[`plain`,t],preview:[`plain`,n],unknown:[`plain`,a]};function x({state:e,words:t}){let[n,r]=b[e];return(0,y.jsx)(p,{tone:n,icon:r,children:t})}function S({run:e}){return(0,y.jsx)(x,{state:d(e),words:f(e)})}export{v as a,g as i,x as n,h as o,_ as r,S as t};