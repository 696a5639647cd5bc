import type { runsSearch } from "@/addresses.ts";
import { type Round, roundsOf } from "@/format/rounds.ts";
import type { Run } from "../run/fragments.ts";

/** What the address of the list of runs holds. */
export type RunsSearch = ReturnType<typeof runsSearch>;

/** What the API is asked for, by the address. */
export function filterOf({ trigger, status, kind }: RunsSearch) {
  return {
    triggers: trigger ? [trigger.toUpperCase() as Run["trigger"]] : null,
    statuses: status ? [status.toUpperCase() as Run["status"]] : null,
    dryRun: kind ? kind === "preview" : null,
  };
}

/** Reports whether some runs are left out. */
export function isFiltered({ trigger, status, kind }: RunsSearch): boolean {
  return Boolean(trigger || status || kind);
}

/** The lines of a page, and where the next begins. A round that the page cuts off begins the next one, unless it is the only one. */
export function pageOf(
  edges: readonly { cursor: string; node: Run }[],
  hasNextPage: boolean,
  isByRun: boolean,
): { rounds: Round<Run>[]; next: string | undefined } {
  const runs = edges.map((each) => (isByRun ? { ...each.node, roundId: each.node.id } : each.node));
  const all = roundsOf<Run>(runs);
  if (!hasNextPage) return { rounds: all, next: undefined };
  const last = runs.at(-1)?.roundId;
  const from = runs.findIndex((each) => each.roundId === last);
  if (from <= 0 || isByRun) return { rounds: all, next: edges.at(-1)?.cursor };
  const rounds = roundsOf<Run>(runs.slice(0, from));
  return { rounds, next: edges[from - 1]?.cursor };
}
