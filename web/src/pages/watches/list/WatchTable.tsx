import type { ReactNode } from "react";
import { Icon } from "@/ui/Icon.tsx";
import { DownArrowIcon, UpArrowIcon } from "@/ui/icons.ts";
import table from "@/ui/table.module.css";
import styles from "./list.module.css";
import { moveBetweenRows } from "./rowKeys.ts";
import { ariaSort, nextSort, type WatchSort } from "./search.ts";
import { WatchRow } from "./WatchRow.tsx";
import type { ListedWatch } from "./WatchRowFields.ts";

interface WatchTableProps {
  /** What the table shows, read before its rows. */
  caption: string;
  watches: readonly (ListedWatch & { id: string })[];
  sort: WatchSort;
  onSort: (sort: WatchSort) => void;
  /** Whether the rows are being replaced. */
  isBusy: boolean;
}

/** The list on everything wider than a phone. */
export function WatchTable({ caption, watches, sort, onSort, isBusy }: WatchTableProps) {
  const head = { sort, onSort };
  return (
    <table className={`${table.table} ${styles.table}`} aria-busy={isBusy}>
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          <SortedHead {...head} column="name">
            Name
          </SortedHead>
          <th scope="col">
            <span className="vh">Priority and problems</span>
          </th>
          <th scope="col">Born</th>
          <th scope="col" className={styles.first}>
            Lives in
          </th>
          <th scope="col">Case number</th>
          <th scope="col" className={styles.third}>
            Case type
          </th>
          <th scope="col" className={styles.second}>
            Assigned to
          </th>
          <SortedHead {...head} column="synced" className={styles.second}>
            Last synced
          </SortedHead>
        </tr>
      </thead>
      <tbody onKeyDown={moveBetweenRows}>
        {watches.map((each) => (
          <WatchRow key={each.id} watch={each} />
        ))}
      </tbody>
    </table>
  );
}

interface SortedHeadProps {
  column: "name" | "synced";
  sort: WatchSort;
  onSort: (sort: WatchSort) => void;
  className?: string | undefined;
  children: ReactNode;
}

function SortedHead({ column, sort, onSort, className, children }: SortedHeadProps) {
  const sorted = ariaSort(sort, column);
  return (
    <th scope="col" aria-sort={sorted} className={className}>
      <button type="button" className={table.sort} onClick={() => onSort(nextSort(sort, column))}>
        {children}
        {sorted && <Icon of={sorted === "ascending" ? UpArrowIcon : DownArrowIcon} />}
      </button>
    </th>
  );
}
