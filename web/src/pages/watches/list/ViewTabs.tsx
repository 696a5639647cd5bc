import { useQuery } from "urql";
import type { WatchesSearch } from "@/addresses.ts";
import { useStatus } from "@/session/status.ts";
import { Count } from "@/ui/Mark.tsx";
import { Tab, Tabs } from "@/ui/Tabs.tsx";
import styles from "./list.module.css";
import { ViewCountsQuery } from "./query.ts";
import { changed, viewOf, type WatchView } from "./search.ts";
import { viewNames } from "./words.ts";

const views: readonly WatchView[] = ["active", "conflicts", "client-changed", "missing", "not-clio", "archived"];
const forPeople: readonly WatchView[] = ["conflicts", "client-changed", "missing"];

/** The views of the list, with how many watches each has. */
export function ViewTabs({ search }: { search: WatchesSearch }) {
  const counts = useViewCounts();
  const view = viewOf(search);
  const shown = view === "all" ? [...views, view] : views;
  return (
    <Tabs label="Views" className={styles.views ?? ""}>
      {shown.map((each) => (
        <Tab key={each} to="/watches" search={changed(search, { view: each })} isCurrent={each === view}>
          {viewNames[each]}
          <ViewCount of={counts[each]} needsAttention={forPeople.includes(each)} />
        </Tab>
      ))}
    </Tabs>
  );
}

function ViewCount({ of, needsAttention }: { of: number | undefined; needsAttention: boolean }) {
  return of === undefined ? null : <Count of={of} needsAttention={needsAttention && of > 0} />;
}

function useViewCounts(): Partial<Record<WatchView, number>> {
  const status = useStatus();
  const [{ data }] = useQuery({ query: ViewCountsQuery });
  const entries: [WatchView, number | undefined][] = [
    ["active", data?.active?.totalCount],
    ["conflicts", status?.watchesWithConflicts],
    ["client-changed", status?.clientChangedWatches],
    ["missing", status?.missingWatches],
    ["not-clio", data?.notClio?.totalCount],
    ["archived", data?.archived?.totalCount],
  ];
  return Object.fromEntries(entries.filter(([, count]) => count !== undefined));
}
