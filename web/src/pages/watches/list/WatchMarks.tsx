import { linkStateWords } from "@/format/words/clio.ts";
import { priorityWords, watchStatusWords } from "@/format/words/fields.ts";
import { ClientChangedIcon, ConflictIcon, MissingIcon, PriorityIcon } from "@/ui/icons.ts";
import { Mark } from "@/ui/Mark.tsx";
import styles from "./list.module.css";
import type { WatchRowData } from "./WatchRowFields.ts";

/** What to know of a watch before one opens it: how urgent it is, and what is wrong. Nothing where all is as usual. */
export function WatchMarks({ watch }: { watch: WatchRowData }) {
  const { priorityLevel: priority, clioLink: link } = watch;
  const marks = [
    watch.status === "ARCHIVED" && <Mark key="status">{watchStatusWords(watch.status)}</Mark>,
    priority !== "NORMAL" && (
      <Mark key="priority" icon={PriorityIcon} tone={priority === "URGENT" ? "danger" : "plain"}>
        {priorityWords(priority)}
      </Mark>
    ),
    watch.conflicts.length > 0 && (
      <Mark key="conflict" icon={ConflictIcon} tone="attention">
        Conflict
      </Mark>
    ),
    link?.state === "CLIENT_CHANGED" && (
      <Mark key="link" icon={ClientChangedIcon} tone="attention">
        {linkStateWords(link.state)}
      </Mark>
    ),
    link?.state === "MISSING" && (
      <Mark key="link" icon={MissingIcon} tone="danger">
        {linkStateWords(link.state)}
      </Mark>
    ),
  ].filter(Boolean);
  return marks.length > 0 && <span className={styles.marks}>{marks}</span>;
}
