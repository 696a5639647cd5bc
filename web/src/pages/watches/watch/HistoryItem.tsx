import { useEffect, useId, useRef, useState } from "react";
import { count } from "@/format/counts.ts";
import { dateTimeInSentence } from "@/format/dates.ts";
import { fieldText } from "@/format/values.ts";
import { fieldLabel } from "@/format/words/fields.ts";
import { causeWords } from "@/format/words/history.ts";
import { Time } from "@/session/Time.tsx";
import { Button } from "@/ui/Button.tsx";
import { Changed } from "@/ui/Changed.tsx";
import { classes } from "@/ui/classes.ts";
import { Icon } from "@/ui/Icon.tsx";
import { EditIcon, ImportIcon, PlusIcon, SyncIcon, UndoIcon } from "@/ui/icons.ts";
import styles from "./History.module.css";
import type { Change, HistoryEntry } from "./historyEntries.ts";
import { useAction } from "./useAction.ts";

const dots: Record<string, { icon: typeof SyncIcon; tone?: "local" | "grey" }> = {
  SYNC: { icon: SyncIcon },
  UNDO: { icon: UndoIcon },
  EDIT: { icon: EditIcon, tone: "local" },
  CONFLICT: { icon: EditIcon, tone: "local" },
  IMPORT: { icon: ImportIcon, tone: "grey" },
  CREATE: { icon: PlusIcon, tone: "grey" },
};

const given = ["STATUS", "PRIORITY_LEVEL"]; // every new watch has them: nobody filled them in
const longest = 300; // letters of a note that are shown at once

interface HistoryItemProps {
  entry: HistoryEntry;
  matter: string | null;
  canUndo: boolean;
  /** What undoing it came to, just now. */
  told: string | undefined;
  onUndo: () => Promise<string | undefined>;
}

/** What one run or one save changed, who did it, and when. */
export function HistoryItem({ entry, matter, canUndo, told, onUndo }: HistoryItemProps) {
  const title = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const undo = useAction(onUndo);
  const wasPressed = useRef(false);
  // The button is gone when nothing is left to undo: the keyboard goes on from the entry.
  useEffect(() => {
    if (canUndo || !wasPressed.current) return;
    wasPressed.current = false;
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [canUndo]);
  const { icon, tone } = dots[entry.cause] ?? { icon: EditIcon };
  const isFilled = entry.cause === "IMPORT" || entry.cause === "CREATE";
  const changes = isFilled ? entry.changes.filter((each) => !given.includes(each.field)) : entry.changes;
  const hasLong = changes.some((each) => isLong(each));
  return (
    <li>
      <span className={classes(styles.dot, tone && styles[tone])}>
        <Icon of={icon} />
      </span>
      <div>
        <h3 id={title} ref={heading} tabIndex={-1}>
          {titleOf(entry)}{" "}
          <span>
            <By entry={entry} /> <Time at={entry.at} as={dateTimeInSentence} />
          </span>
        </h3>
        {isFilled || hasLong ? (
          <Folded words={isFilled ? filledWords(entry.cause, changes, matter) : foldedWords(entry)} changes={changes} />
        ) : (
          <Changes changes={changes} />
        )}
        {told && <p className={styles.more}>{told}</p>}
        {entry.undone && (
          <p className={styles.more}>
            Undone by {entry.undone.by?.name ?? "a former member"},{" "}
            <Time at={entry.undone.at} as={dateTimeInSentence} />
          </p>
        )}
        {undo.problem && (
          <p role="alert" className={styles.problem}>
            {undo.problem}
          </p>
        )}
      </div>
      {canUndo && (
        <Button
          isSmall
          icon={UndoIcon}
          isBusy={undo.isBusy}
          busyText="Undoing…"
          aria-describedby={title}
          className={styles.undo}
          onClick={() => {
            wasPressed.current = true;
            undo.run();
          }}
        >
          Undo
        </Button>
      )}
    </li>
  );
}

/** "Edited"; archiving and unarchiving have words of their own. */
function titleOf({ cause, changes }: HistoryEntry): string {
  const [change] = changes;
  if (cause === "EDIT" && changes.length === 1 && change?.field === "STATUS")
    return change.after === "ARCHIVED" ? "Archived" : "Unarchived";
  return causeWords(cause);
}

function By({ entry: { cause, by, run } }: { entry: HistoryEntry }) {
  const name = by?.name ?? "a former member";
  if (cause === "SYNC" && run?.trigger === "SCHEDULE") return "on schedule ·";
  if (cause === "SYNC" && run?.trigger === "LOGIN") return `as ${name} signed in ·`;
  return `by ${name} ·`;
}

function filledWords(cause: string, changes: readonly Change[], matter: string | null): string {
  const fields = `${count(changes.length, "field")} filled`;
  return cause === "IMPORT" && matter ? `${fields} from matter ${matter}.` : `${fields}.`;
}

function foldedWords({ changes }: HistoryEntry): string {
  return `Changed: ${changes.map((each) => fieldLabel(each.field)).join(", ")}.`;
}

function isLong({ before, after }: Change): boolean {
  return (before?.length ?? 0) + (after?.length ?? 0) > longest;
}

function Folded({ words, changes }: { words: string; changes: readonly Change[] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <p className={styles.more}>
        {words}{" "}
        <Button look="link" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? "Hide them" : "Show them"}
        </Button>
      </p>
      {isOpen && <Changes changes={changes} />}
    </>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <ul className={styles.changes}>
      {changes.map(({ id, field, before, after }) => (
        <li key={id}>
          <span>{fieldLabel(field)}</span>
          <Changed before={fieldText(field, before)} after={fieldText(field, after)} />
        </li>
      ))}
    </ul>
  );
}
