import{y as e}from"./react-Com9ocF_.js";import{i as t}from"./Button-C8NHamxl.js";import{t as n}from"./createLucideIcon-CwdNyMD4.js";import{n as r,r as i,t as a}from"./triangle-exclamation-point-BtSq5HVH.js";import{t as o}from"./circle-exclamation-point-C8SMv7PW.js";import{t as s}from"./clock-GjoAf5YF.js";import{n as c,r as l}from"./user-pen-Bm_68Ket.js";import{t as u}from"./graphql-HPN4ApZR.js";import{I as d,L as f,N as p}from"./index-XkiQgwgW.js";var m={name:`circle-stop`,size:24,node:[[`circle`,{cx:`12`,cy:`12`,r:`10`,key:`1mglay`}],[`rect`,{x:`9`,y:`9`,width:`6`,height:`6`,rx:`1`,key:`1ssd4o`}]],aliases:[`stop-circle`]};m.node;var h=n(m),g=u(`
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
`);function v(e){return e.finishedAt!==null}var y=e(),b={queued:[`plain`,s],running:[`accent`,t],done:[`ok`,i],partial:[`attention`,a],failed:[`danger`,o],stopped:[`plain`,h],undone:[`plain`,c],preview:[`plain`,l],unknown:[`plain`,r]};function x({state:e,words:t}){let[n,r]=b[e];return(0,y.jsx)(p,{tone:n,icon:r,children:t})}function S({run:e}){return(0,y.jsx)(x,{state:d(e),words:f(e)})}export{v as a,g as i,x as n,h as o,_ as r,S as t};