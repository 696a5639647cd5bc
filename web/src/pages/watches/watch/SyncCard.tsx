import { useEffect, useId, useRef } from "react";
import { dateTimeInSentence } from "@/format/dates.ts";
import { syncHeadline } from "@/format/headline.ts";
import { identityChanges, isChanged } from "@/format/identity.ts";
import { sentence } from "@/format/text.ts";
import { outcomeWords } from "@/format/words/runs.ts";
import { useClock } from "@/session/clock.ts";
import { useStatus } from "@/session/status.ts";
import { Actions } from "@/ui/Actions.tsx";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { CloseIcon, MissingIcon, OkIcon, PreviewIcon, SyncIcon, UndoIcon, WarningIcon } from "@/ui/icons.ts";
import { IdentityStrip } from "./IdentityStrip.tsx";
import { isJustNow } from "./justNow.ts";
import { notFoundSentence } from "./LinkProblem.tsx";
import styles from "./SyncCard.module.css";
import { useAction } from "./useAction.ts";
import type { Outcome, Sync } from "./useSync.ts";

interface SyncCardProps {
  outcome: Outcome;
  sync: Sync;
  /** The value now of a field by which obituaries are matched: a strip goes once the value is another. */
  currentValue: (field: string) => string | null;
  /** Whether the watch is active: an archived one is only read. */
  canChange: boolean;
  onSyncNow: () => void;
  onClose: () => void;
}

/** What a sync of this watch did, or what it would do: first in a sentence, then whatever is grave. */
export function SyncCard({ outcome, sync, currentValue, canChange, onSyncNow, onClose }: SyncCardProps) {
  const id = useId();
  const ref = useRef<HTMLElement>(null);
  const { isPreview, result, run, undone } = outcome;
  const title = useTitle(outcome);
  const undo = useAction(sync.undo);
  const canUndo = canChange && !isPreview && !undone && run.canUndo && result.fields.some(isChanged);
  const strips = undone ? [] : identityChanges(result.fields, isPreview);
  // The button that was pressed may be gone: the keyboard goes on from the card.
  useEffect(() => {
    if (outcome && document.activeElement === document.body) ref.current?.focus({ preventScroll: true });
  }, [outcome]);
  return (
    <section className={styles.card} ref={ref} tabIndex={-1} aria-labelledby={id}>
      <div className={styles.head}>
        <Icon of={title.icon} className={title.tone} />
        <div>
          <h2 id={id}>{title.title}</h2>
          {title.text && <p>{title.text}</p>}
          {undo.problem && (
            <p role="alert" className={styles.problem}>
              {undo.problem}
            </p>
          )}
        </div>
        <Actions className={styles.actions}>
          {isPreview && (
            <>
              <Button look="main" icon={SyncIcon} isBusy={sync.asking === "sync"} onClick={onSyncNow}>
                Sync now
              </Button>
              <Button onClick={onClose}>Close</Button>
            </>
          )}
          {canUndo && (
            <Button icon={UndoIcon} isBusy={undo.isBusy} busyText="Undoing…" onClick={() => undo.run()}>
              Undo this sync
            </Button>
          )}
          {!isPreview && (
            <Button look="quiet" icon={CloseIcon} aria-label="Dismiss" className={styles.close} onClick={onClose} />
          )}
        </Actions>
      </div>
      {strips.map((change) => (
        <IdentityStrip
          key={change.field}
          change={change}
          isPreview={isPreview}
          standing={standing(outcome, change.field, currentValue(change.field))}
          canPutBack={canChange && !isPreview}
          onPutBack={() => sync.putBack(change.field)}
        />
      ))}
    </section>
  );
}

/** Whether a field still has the value that the sync gave it, or has the one before it again. */
function standing({ isPreview, result }: Outcome, field: string, value: string | null) {
  const found = result.fields.find((each) => each.field === field);
  if (isPreview || found?.after === value) return "changed";
  return found?.before === value ? "back" : "gone";
}

/** The decisions that leave something to look at or to decide. */
const undecided: readonly string[] = ["CONFLICT", "UNAVAILABLE", "UNUSABLE", "HELD"];

function useTitle({ isPreview, result, run, differs, undone }: Outcome) {
  const clock = useClock();
  const clioUserName = useStatus()?.clioIntegration.clioUserName;
  const at = run.finishedAt;
  const when = !at || isJustNow(at, clock) ? "just now" : dateTimeInSentence(at, clock);
  if (undone) {
    const text = `${undone} Later syncs will not bring the undone values back.`;
    return { icon: UndoIcon, tone: styles.ok, title: "The sync was undone", text };
  }
  if (result.outcome === "MISSING") {
    const title = isPreview ? "Preview. Nothing has been changed." : "Not found in Clio";
    return { icon: MissingIcon, tone: styles.attention, title, text: notFoundSentence(clioUserName) };
  }
  if (result.fields.length === 0) {
    const text = result.message ? sentence(result.message) : "Nothing was changed.";
    return { icon: WarningIcon, tone: styles.attention, title: outcomeWords(result.outcome), text };
  }
  const headline = syncHeadline(result.fields, isPreview);
  if (isPreview) {
    return { icon: PreviewIcon, tone: styles.accent, title: "Preview. Nothing has been changed.", text: headline };
  }
  const isOpen = result.fields.some((each) => undecided.includes(each.decision));
  const meanwhile = differs ? "Clio changed meanwhile. " : "";
  const look = isOpen ? { icon: WarningIcon, tone: styles.attention } : { icon: OkIcon, tone: styles.ok };
  return { ...look, title: `Synced from Clio ${when}`, text: `${meanwhile}${headline}` };
}
