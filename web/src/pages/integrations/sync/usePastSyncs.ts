import { useQuery } from "urql";
import { graphql } from "@/api/graphql.ts";
import { type Round, roundsOf } from "@/format/rounds.ts";
import { type Run, RunFields } from "../run/fragments.ts";

const PastSyncsQuery = graphql(
  `
    query PastSyncs {
      syncRuns(first: 100, filter: { scopes: [ALL] }) {
        nodes { ...Run }
        pageInfo { hasNextPage }
      }
    }
  `,
  [RunFields],
);

const mostShown = 8;

/** The newest syncs of all watches, in rounds. */
export function usePastSyncs() {
  const [{ data, error }, refetch] = useQuery({ query: PastSyncsQuery, requestPolicy: "cache-and-network" });
  const found = data?.syncRuns;
  const all = roundsOf<Run>(found?.nodes ?? []).filter((each) => each.state !== "running" && each.state !== "queued");
  // The oldest round of a page may go on after it.
  const whole = found?.pageInfo.hasNextPage && all.length > 1 ? all.slice(0, -1) : all;
  return {
    rounds: found && whole.slice(0, mostShown),
    last: whole.find((each) => !each.last.dryRun) satisfies Round<Run> | undefined,
    error,
    reload: () => refetch({ requestPolicy: "network-only" }),
  };
}
