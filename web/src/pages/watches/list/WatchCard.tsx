import { Link } from "@tanstack/react-router";
import { readFragment } from "@/api/graphql.ts";
import { calendarDate } from "@/format/calendar.ts";
import { listName } from "@/format/names.ts";
import { livesIn } from "@/format/values.ts";
import { caseTypeWords } from "@/format/words/fields.ts";
import styles from "./list.module.css";
import { WatchMarks } from "./WatchMarks.tsx";
import { type ListedWatch, WatchRowFields } from "./WatchRowFields.ts";

/** A watch as a card of the list on a phone. */
export function WatchCard({ watch: listed }: { watch: ListedWatch }) {
  const watch = readFragment(WatchRowFields, listed);
  const { last, rest } = listName(watch);
  const born = watch.dateOfBirth && `Born ${calendarDate(watch.dateOfBirth)}`;
  const person = [born, livesIn(watch.city, watch.state)].filter(Boolean).join(" · ");
  const matter = [watch.caseNumber || "No case number", watch.caseType && caseTypeWords(watch.caseType)];
  return (
    <li>
      <Link className={styles.card} to="/watches/$id" params={{ id: watch.id }}>
        <span className={styles.cardName}>
          <b>{last}</b>
          {rest && `, ${rest}`}
        </span>
        {person && <span className={styles.cardLine}>{person}</span>}
        <span className={styles.cardLine}>{matter.filter(Boolean).join(" · ")}</span>
        <WatchMarks watch={watch} />
      </Link>
    </li>
  );
}
