import { graphql, type ResultOf } from "@/api/graphql.ts";
import { ConflictRowFields } from "./ConflictRow.tsx";

/** The open conflicts, newest first: of the firm, or of one watch. */
export const ConflictsQuery = graphql(
  `
    query Conflicts($after: String, $watchId: ID) {
      syncConflicts(first: 100, after: $after, watchId: $watchId) {
        totalCount
        nodes {
          id
          field
          ...ConflictRow
          watch { id firstName middleName lastName caseNumber assignedTo }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [ConflictRowFields],
);

export type Conflicts = NonNullable<ResultOf<typeof ConflictsQuery>["syncConflicts"]>;
export type Conflict = Conflicts["nodes"][number];
