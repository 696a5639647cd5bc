import { useEffect, useRef } from "react";
import { useQuery, useSubscription } from "urql";
import { graphql } from "@/api/graphql.ts";
import { useIsStreaming } from "@/api/streaming.ts";
import { StatusFields } from "@/session/status.ts";
import { hasEnded, type Result, ResultFields, RunFields } from "./fragments.ts";

// A run chooses at most 100 watches: one page has all results.
const RunQuery = graphql(
  `
    query Run($id: ID!) {
      syncRun(id: $id) {
        ...Run
        results(first: 100) { nodes { ...RunResult } }
      }
      syncStatus { ...StatusFields }
    }
  `,
  [RunFields, ResultFields, StatusFields],
);

const RunSubscription = graphql(
  `
    subscription FollowedRun($id: ID!) {
      syncRun(id: $id) {
        ...Run
        results(first: 100) { nodes { ...RunResult } }
      }
    }
  `,
  [RunFields, ResultFields],
);

const pollEvery = 5000; // milliseconds, while the stream is lost

/** Reads a run with its results, and follows it to its end. Without an id it reads nothing. */
export function useRun(id: string | undefined) {
  const variables = { id: id ?? "" };
  const isPaused = id === undefined;
  const [{ data, error, fetching, stale }, refetch] = useQuery({
    query: RunQuery,
    variables,
    pause: isPaused,
    requestPolicy: "cache-and-network",
  });
  const run = data?.syncRun?.id === id ? (data?.syncRun ?? undefined) : undefined;
  const isFollowed = !isPaused && !(run && hasEnded(run));
  useSubscription({ query: RunSubscription, variables, pause: !isFollowed || !run });
  useEndOf(run && isFollowed ? id : undefined, () => refetch({ requestPolicy: "network-only" }));
  const isStreaming = useIsStreaming();
  useEffect(() => {
    if (!isFollowed || isStreaming) return;
    const timer = setInterval(() => refetch({ requestPolicy: "network-only" }), pollEvery);
    return () => clearInterval(timer);
  }, [isFollowed, isStreaming, refetch]);
  const results = useAppended(run?.id, run?.results.nodes ?? []);
  return {
    run,
    results,
    error,
    isLoading: fetching && !run,
    isFresh: !fetching && !stale,
    reload: () => refetch({ requestPolicy: "network-only" }),
  };
}

/** Reads a followed run once more when it has ended: the frame's status tells the end, but not how every watch ended. */
function useEndOf(followed: string | undefined, readAgain: () => void) {
  const before = useRef(followed);
  useEffect(() => {
    if (before.current && !followed) readAgain();
    before.current = followed;
  });
}

/** Keeps the rows in the order in which they came, so that what somebody reads never moves. */
function useAppended(runId: string | undefined, results: readonly Result[]): Result[] {
  const seen = useRef<{ runId: string | undefined; order: Map<string, number> }>({ runId, order: new Map() });
  if (seen.current.runId !== runId) seen.current = { runId, order: new Map() };
  const { order } = seen.current;
  for (const each of results) if (!order.has(each.id)) order.set(each.id, order.size);
  return [...results].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}
