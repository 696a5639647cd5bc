import type { MattersSearch } from "@/addresses.ts";
import { graphql, type ResultOf, type VariablesOf } from "@/api/graphql.ts";
import { MatterRowFields } from "./MatterRow.tsx";

/** Matters as Clio has them now, in Clio's order. A page may be short, even empty, while there are more. */
export const MattersQuery = graphql(
  `
    query Matters($after: String, $filter: ClioMatterFilter) {
      clioMatters(first: 50, after: $after, filter: $filter) {
        nodes {
          id
          matterId
          clientName
          displayNumber
          importable
          watch { id }
          ...MatterRow
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [MatterRowFields],
);

export type Matter = NonNullable<ResultOf<typeof MattersQuery>["clioMatters"]>["nodes"][number];
export type MatterFilter = NonNullable<VariablesOf<typeof MattersQuery>["filter"]>;

const statuses = { open: "OPEN", pending: "PENDING", closed: "CLOSED" } as const;

/** The filter that an address asks for: without imported ones unless it says otherwise, and open ones in the first run. */
export function filterOf({ q, status, area, imported = "no", first }: MattersSearch): MatterFilter {
  const shown = status ?? (first ? "open" : undefined);
  return {
    ...(q !== undefined && { search: q }),
    ...(shown !== undefined && { status: statuses[shown] }),
    ...(area !== undefined && { practiceAreaId: area }),
    ...(imported !== "any" && { imported: imported === "yes" }),
  };
}

/** How a matter is called where it stands alone. */
export function nameOf(matter: Pick<Matter, "clientName" | "displayNumber" | "matterId">): string {
  return matter.clientName ?? matter.displayNumber ?? `matter ${matter.matterId}`;
}
