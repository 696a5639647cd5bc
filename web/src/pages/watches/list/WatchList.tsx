import { useEffect, useEffectEvent, useRef } from "react";
import { type CombinedError, useQuery } from "urql";
import type { WatchesSearch } from "@/addresses.ts";
import { codes, reasonOf } from "@/api/errors.ts";
import { number, watches as watchesWords } from "@/format/counts.ts";
import { Card } from "@/ui/Card.tsx";
import { LoadFailed } from "@/ui/Empty.tsx";
import { announce } from "@/ui/LiveRegion.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import styles from "./list.module.css";
import { NothingFound, PageGone } from "./NothingFound.tsx";
import { Pager } from "./Pager.tsx";
import { WatchCountQuery, WatchesQuery } from "./query.ts";
import { moveBetweenRows } from "./rowKeys.ts";
import { filterOf, pageSize, sortOf, variablesOf, viewOf, type WatchSort } from "./search.ts";
import { WatchCard } from "./WatchCard.tsx";
import { WatchTable } from "./WatchTable.tsx";
import { sortNames, viewNames, viewWatches } from "./words.ts";

interface WatchListProps {
  search: WatchesSearch;
  onSort: (sort: WatchSort) => void;
  isPhone: boolean;
  /** Whether nobody knows yet if there is any watch at all: then an empty page says nothing. */
  isUndecided: boolean;
}

/** One page of watches. The number of all comes apart, so that the rows never wait for it. */
export function WatchList({ search, onSort, isPhone, isUndecided }: WatchListProps) {
  const [{ data, error, fetching }, ask] = useQuery({ query: WatchesQuery, variables: variablesOf(search) });
  const [total, askTotal] = useTotal(search);
  const retry = () => {
    ask({ requestPolicy: "network-only" });
    askTotal();
  };
  const found = data?.watches;
  const isEmpty = found?.nodes.length === 0 && !fetching && !isUndecided;
  if (!found || found.nodes.length === 0) {
    return (
      <Card>
        {isEmpty || error ? (
          <NoRows search={search} error={error} onRetry={retry} />
        ) : (
          // As high as a page of watches, so that Back finds its place before the rows are there.
          <SkeletonRows rows={isPhone ? 2 * pageSize : pageSize} />
        )}
      </Card>
    );
  }
  const { nodes, pageInfo } = found;
  const view = viewOf(search);
  const facts = { rows: nodes.length, hasPrevious: pageInfo.hasPreviousPage, hasNext: pageInfo.hasNextPage };
  return (
    <>
      {isPhone && total !== undefined && (
        <p className={`mut small ${styles.phoneCount}`}>
          {number(total)} {total === 1 ? viewWatches[view].replace("watches", "watch") : viewWatches[view]}
        </p>
      )}
      <Card className={styles.whole}>
        {isPhone ? (
          <ul className={styles.cards} aria-busy={fetching} onKeyDown={moveBetweenRows}>
            {nodes.map((each) => (
              <WatchCard key={each.id} watch={each} />
            ))}
          </ul>
        ) : (
          <WatchTable
            caption={`${viewNames[view]} watches, ${sortNames[sortOf(search)]}`}
            watches={nodes}
            sort={sortOf(search)}
            onSort={onSort}
            isBusy={fetching}
          />
        )}
        <Pager
          search={search}
          page={{ ...facts, startCursor: pageInfo.startCursor, endCursor: pageInfo.endCursor }}
          total={total}
        />
      </Card>
    </>
  );
}

function NoRows({
  search,
  error,
  onRetry,
}: {
  search: WatchesSearch;
  error?: CombinedError | undefined;
  onRetry: () => void;
}) {
  const isLater = Boolean(search.after || search.before);
  // What a cursor was made for, the address no longer asks for; or the rows of the page are gone.
  if (isLater && (!error || codes(error).includes("BAD_USER_INPUT"))) return <PageGone search={search} />;
  if (!error) return <NothingFound search={search} />;
  return <LoadFailed what="The watches" reason={reasonOf(error)} onRetry={onRetry} />;
}

/** The number of all watches that the filter finds; undefined until it is known. Read out when it is another filter's. */
function useTotal(search: WatchesSearch): [total: number | undefined, retry: () => void] {
  const filter = filterOf(search);
  const [{ data, fetching }, ask] = useQuery({ query: WatchCountQuery, variables: { filter } });
  const total = fetching ? undefined : data?.watches?.totalCount;
  const key = JSON.stringify(filter);
  const announced = useRef(key);
  const tell = useEffectEvent((words: string) => announce(words));
  useEffect(() => {
    if (total === undefined || announced.current === key) return;
    announced.current = key;
    tell(watchesWords(total));
  }, [key, total]);
  return [total, () => ask({ requestPolicy: "network-only" })];
}
