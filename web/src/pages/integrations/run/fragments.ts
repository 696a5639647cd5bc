import { graphql, type ResultOf } from "@/api/graphql.ts";

/** A run without its results. */
export const RunFields = graphql(`
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
`);

/** What a run did with one watch. */
export const ResultFields = graphql(`
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
`);

export type Run = ResultOf<typeof RunFields>;
export type Result = ResultOf<typeof ResultFields>;

/** Reports whether a run has come to its end. */
export function hasEnded(run: Run): boolean {
  return run.finishedAt !== null;
}
