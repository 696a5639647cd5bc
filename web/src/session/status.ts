import { createContext, use } from "react";
import { graphql, type ResultOf } from "@/api/graphql.ts";

/**
 * What the frame shows of Clio and of runs on every page. The last run comes with its sum: a page that shows the same run, which the cache keeps
 * once, would else say that it has ended beside the sum from before.
 */
export const StatusFields = graphql(`
  fragment StatusFields on SyncStatus @_unmask {
    id
    linkedWatches
    missingWatches
    clientChangedWatches
    openConflicts
    watchesWithConflicts
    nextSyncAt
    currentRun {
      id
      status
      trigger
      waitingUntil
      createdAt
      requestedBy { id name }
      counts { selected processed }
    }
    lastRun {
      id
      status
      trigger
      finishedAt
      problem
      problemCode
      counts { selected processed updated unchanged missing skipped failed conflicts identityChanged }
      remaining
    }
    clioIntegration {
      id
      state
      clioUserName
      clioFirmName
      connectedAt
      problem
      problemSince
    }
  }
`);

export type Status = ResultOf<typeof StatusFields>;

export const StatusContext = createContext<Status | null>(null);

/** Returns the firm's sync status, which is live; null while it is being loaded, or if it could not be. */
export function useStatus(): Status | null {
  return use(StatusContext);
}
