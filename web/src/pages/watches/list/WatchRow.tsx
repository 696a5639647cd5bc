import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { readFragment } from "@/api/graphql.ts";
import { calendarDate } from "@/format/calendar.ts";
import { shortDateTime } from "@/format/dates.ts";
import { listName } from "@/format/names.ts";
import { livesIn } from "@/format/values.ts";
import { caseTypeWords } from "@/format/words/fields.ts";
import { Time } from "@/session/Time.tsx";
import { classes } from "@/ui/classes.ts";
import { EmptyValue } from "@/ui/EmptyValue.tsx";
import table from "@/ui/table.module.css";
import styles from "./list.module.css";
import { WatchMarks } from "./WatchMarks.tsx";
import { type ListedWatch, type WatchRowData, WatchRowFields } from "./WatchRowFields.ts";

/** A watch as a row of the list. */
export function WatchRow({ watch: listed }: { watch: ListedWatch }) {
  const watch = readFragment(WatchRowFields, listed);
  const { last, rest } = listName(watch);
  return (
    <tr>
      <th scope="row" className={classes(table.wrap, styles.who)}>
        <Link className={table.name} to="/watches/$id" params={{ id: watch.id }}>
          {last}
          {rest && ", "}
          <span>{rest}</span>
        </Link>
      </th>
      <td>
        <WatchMarks watch={watch} />
      </td>
      <td className="nowrap">{orEmpty(watch.dateOfBirth && calendarDate(watch.dateOfBirth))}</td>
      <td className={classes(table.wrap, styles.first)}>{orEmpty(livesIn(watch.city, watch.state))}</td>
      <td className={classes(table.wrap, styles.caseNumber)}>{orEmpty(watch.caseNumber)}</td>
      <td className={classes(table.wrap, styles.third)}>{orEmpty(watch.caseType && caseTypeWords(watch.caseType))}</td>
      <td className={classes(table.wrap, styles.second)}>{orEmpty(watch.assignedTo)}</td>
      <td className={classes("nowrap mut", styles.second)}>
        <LastSynced watch={watch} />
      </td>
    </tr>
  );
}

function LastSynced({ watch }: { watch: WatchRowData }) {
  if (!watch.clioLink) return "By hand";
  return watch.lastSyncedAt ? <Time at={watch.lastSyncedAt} as={shortDateTime} /> : <EmptyValue />;
}

function orEmpty(value: string | null | undefined): ReactNode {
  return value ? value : <EmptyValue />;
}
