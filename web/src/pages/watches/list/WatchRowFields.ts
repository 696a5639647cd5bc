import { type FragmentOf, graphql, type ResultOf } from "@/api/graphql.ts";

/** What the list shows of a watch. */
export const WatchRowFields = graphql(`
  fragment WatchRowFields on Watch {
    id
    firstName
    middleName
    lastName
    dateOfBirth
    city
    state
    caseNumber
    caseType
    assignedTo
    priorityLevel
    status
    lastSyncedAt
    clioLink { state }
    conflicts { id }
  }
`);

/** A watch of the list, for those that pass it on. */
export type ListedWatch = FragmentOf<typeof WatchRowFields>;

/** A watch of the list, for those that show it. */
export type WatchRowData = ResultOf<typeof WatchRowFields>;
