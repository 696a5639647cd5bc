import { useCallback, useEffect, useRef, useState } from "react";
import { type CombinedError, useClient } from "urql";
import { type Matter, type MatterFilter, MattersQuery } from "./query.ts";

/** How many more are shown at a time, and how many requests that may take: a page of Clio's may hold none that fit. */
const pageSize = 50;
const mostPages = 10;

interface Found {
  matters: readonly Matter[];
  cursor: string | null;
  hasMore: boolean;
}

const nothing: Found = { matters: [], cursor: null, hasMore: true };

/** Reads Clio's matters page by page. A new filter begins anew. */
export function useMatters(filter: MatterFilter) {
  const client = useClient();
  const [found, setFound] = useState<Found>(nothing);
  const [isLooking, setIsLooking] = useState(true);
  const [error, setError] = useState<CombinedError>();
  const turn = useRef(0); // a newer search overtakes an older one
  const key = JSON.stringify(filter);
  const look = useCallback(
    async (before: Found) => {
      const own = ++turn.current;
      setIsLooking(true);
      setError(undefined);
      let now = before;
      const enough = before.matters.length + pageSize;
      for (let page = 0; page < mostPages && now.hasMore && now.matters.length < enough; page++) {
        const variables = { filter: JSON.parse(key) as MatterFilter, after: now.cursor };
        const { data, error } = await client
          .query(MattersQuery, variables, { requestPolicy: "network-only" })
          .toPromise();
        if (own !== turn.current) return;
        const list = data?.clioMatters;
        if (!list) {
          setError(error);
          break;
        }
        now = {
          matters: [...now.matters, ...list.nodes],
          cursor: list.pageInfo.endCursor,
          hasMore: list.pageInfo.hasNextPage,
        };
        setFound(now);
      }
      setIsLooking(false);
    },
    [client, key],
  );
  useEffect(() => {
    setFound(nothing);
    look(nothing);
    return () => {
      turn.current++;
    };
  }, [look]);
  return { ...found, isLooking, error, showMore: () => look(found), lookAgain: () => look(nothing) };
}
