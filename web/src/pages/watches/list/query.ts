import type { Client } from "urql";
import type { WatchesSearch } from "@/addresses.ts";
import { graphql } from "@/api/graphql.ts";
import { filterOf, variablesOf } from "./search.ts";
import { WatchRowFields } from "./WatchRowFields.ts";

/** One page of the list. */
export const WatchesQuery = graphql(
  `
    query Watches($filter: WatchFilter, $orderBy: WatchOrder, $first: Int, $after: String, $last: Int, $before: String) {
      watches(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
        nodes { id ...WatchRowFields }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  `,
  [WatchRowFields],
);

/** How many watches a filter finds: asked apart, so that the rows don't wait for it. */
export const WatchCountQuery = graphql(`
  query WatchCount($filter: WatchFilter) {
    watches(filter: $filter, first: 1) { totalCount }
  }
`);

/** How many watches the views have that the sync status doesn't count. */
export const ViewCountsQuery = graphql(`
  query ViewCounts {
    active: watches(filter: { status: ACTIVE }, first: 1) { totalCount }
    notClio: watches(filter: { status: ACTIVE, clioLinked: false }, first: 1) { totalCount }
    archived: watches(filter: { status: ARCHIVED }, first: 1) { totalCount }
  }
`);

/** What the filters offer. */
export const FacetsQuery = graphql(`
  query WatchFacets {
    watchFacets {
      assignedTo { value count }
      tags { value count }
    }
  }
`);

/**
 * Asks for what the list at an address shows, before the list itself is there. What is known already is shown at once; when the address is
 * opened, and not only about to be, it is asked for again, as colleagues may have changed it.
 */
export function prefetchWatches(client: Client, search: WatchesSearch, isOpened: boolean) {
  const context = { requestPolicy: isOpened ? ("cache-and-network" as const) : ("cache-first" as const) };
  client.query(WatchesQuery, variablesOf(search), context).toPromise();
  client.query(ViewCountsQuery, {}, context).toPromise();
  client.query(WatchCountQuery, { filter: filterOf(search) }, context).toPromise();
}
