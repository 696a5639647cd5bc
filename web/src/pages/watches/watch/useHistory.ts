import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import type { Change } from "./historyEntries.ts";

const WatchHistory = graphql(`
  query WatchHistory($id: ID!, $after: String) {
    watch(id: $id) {
      id
      history(first: 50, after: $after) {
        nodes {
          id
          field
          before
          after
          at
          cause
          by { id name }
          run { id scope trigger canUndo createdAt undoneAt undoneBy { id name } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

interface Shown {
  changes?: Change[];
  next?: string | null;
  problem?: string;
}

/**
 * Returns the history of a watch, as many pages of it as were asked for. It is read again whenever the version changes: all pages that are
 * shown, as each change at the top moves the others on.
 */
export function useHistory(id: string, version: string) {
  const client = useClient();
  const [shown, setShown] = useState<Shown>({});
  const [isLoadingOlder, setIsLoadingOlder] = useState(false);
  const pages = useRef(1);
  const latest = useRef(0);

  const reload = useCallback(async () => {
    const own = ++latest.current;
    const changes: Change[] = [];
    let after: string | null = null;
    for (let page = 0; page < pages.current; page++) {
      const result = await readPage(after);
      if (own !== latest.current) return;
      if (!result.history) return setShown((now) => (now.changes ? now : { problem: result.reason }));
      changes.push(...result.history.nodes);
      after = result.history.pageInfo.hasNextPage ? result.history.pageInfo.endCursor : null;
      if (!after) break;
    }
    setShown({ changes, next: after });

    async function readPage(cursor: string | null) {
      const variables = { id, after: cursor };
      const answer = await client.query(WatchHistory, variables, { requestPolicy: "network-only" }).toPromise();
      const reason = answer.error ? reasonOf(answer.error) : "This watch does not exist any more.";
      return { history: answer.data?.watch?.history, reason };
    }
  }, [client, id]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is why it is read again
  useEffect(() => {
    reload();
    return () => {
      latest.current++;
    };
  }, [reload, version]);

  const showOlder = async () => {
    setIsLoadingOlder(true);
    pages.current++;
    await reload();
    setIsLoadingOlder(false);
  };
  return {
    changes: shown.changes,
    problem: shown.problem,
    hasOlder: Boolean(shown.next),
    isLoadingOlder,
    showOlder,
    reload,
  };
}
