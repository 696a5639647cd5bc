import type { ReactNode } from "react";
import { dateTimeInSentence, dayInSentence } from "@/format/dates.ts";
import { sentence } from "@/format/text.ts";
import { fieldText } from "@/format/values.ts";
import { decisionReason, keptReasonWords } from "@/format/words/decisions.ts";
import { fieldLabel } from "@/format/words/fields.ts";
import { useClock } from "@/session/clock.ts";
import { useStatus } from "@/session/status.ts";
import { Time } from "@/session/Time.tsx";
import { Button } from "@/ui/Button.tsx";
import { ConflictIcon, EditIcon, LinkIcon, PreviewIcon, SyncIcon } from "@/ui/icons.ts";
import { Source } from "@/ui/Source.tsx";
import type { FieldRowActions } from "./FieldRow.tsx";
import styles from "./fields.module.css";
import { isJustNow } from "./justNow.ts";
import type { FieldFacts, Row } from "./rows.ts";
import { useAction } from "./useAction.ts";

interface FieldSourceProps {
  row: Row;
  canChange: boolean;
  markedAt: string | undefined;
  actions: FieldRowActions;
  onDone: () => void;
}

/** Where a value comes from, why, and what can be done about it. */
export function FieldSource({ row, canChange, markedAt, actions, onDone }: FieldSourceProps) {
  const why = useWhy(row);
  const take = useAction(actions.takeClio);
  const settle = useAction(actions.settle);
  const { facts, conflict } = row;
  const problem = take.problem ?? settle.problem;
  const press = async (done: Promise<boolean>) => {
    if (await done) onDone();
  };
  const label = fieldLabel(facts.field);
  const canTake = canChange && !conflict && facts.clio !== null && facts.value !== facts.clio && !row.isPreview;
  return (
    <>
      <SourceWords row={row} markedAt={markedAt} />
      {(why || canTake) && (
        <span className={styles.why}>
          {why}{" "}
          {canTake && (
            <Button
              look="link"
              aria-label={`Use Clio’s value for ${label}`}
              isBusy={take.isBusy}
              onClick={() => press(take.run(facts))}
            >
              Use Clio’s value
            </Button>
          )}
        </span>
      )}
      {conflict && canChange && !row.isPreview && (
        <fieldset className={styles.settle} aria-label={`Settle ${label}`}>
          <Button isSmall isBusy={settle.isBusy} onClick={() => press(settle.run(conflict, "LOCAL"))}>
            Keep ours
          </Button>
          <Button isSmall isBusy={settle.isBusy} onClick={() => press(settle.run(conflict, "CLIO"))}>
            Use Clio’s
          </Button>
        </fieldset>
      )}
      {problem && (
        <span role="alert" className={styles.problem}>
          {problem}
        </span>
      )}
    </>
  );
}

function SourceWords({ row, markedAt }: { row: Row; markedAt: string | undefined }) {
  const clock = useClock();
  const { facts, kind } = row;
  if (facts.field === "MIDDLE_NAME") return <Source>Only here. Never synced</Source>;
  if (kind === "changed") {
    const when = markedAt && !isJustNow(markedAt, clock) ? dateTimeInSentence(markedAt, clock) : "just now";
    return (
      <Source tone="accent" icon={SyncIcon}>
        <b>Updated {when}</b>
      </Source>
    );
  }
  if (kind === "wouldChange") {
    return (
      <Source tone="accent" icon={PreviewIcon}>
        <b>Would be updated</b>
      </Source>
    );
  }
  if (kind === "conflict") {
    return (
      <Source tone="attention" icon={ConflictIcon}>
        <b>Conflict</b>
        {facts.editedAt && (
          <>
            . Edited here <Editor facts={facts} />
          </>
        )}
      </Source>
    );
  }
  if (facts.origin === "LOCAL") {
    return (
      <Source tone="local" icon={EditIcon}>
        <b>Edited here</b> <Editor facts={facts} />
      </Source>
    );
  }
  if (facts.origin === "CLIO") return <Source icon={LinkIcon}>From Clio</Source>;
  return <Source>Empty</Source>;
}

function Editor({ facts: { editedBy, editedAt } }: { facts: FieldFacts }) {
  if (!editedAt) return null;
  return (
    <>
      by {editedBy?.name ?? "a former member"}, <Time at={editedAt} as={dayInSentence} />
    </>
  );
}

/** The reason beneath the source. */
function useWhy({ facts, kind, mark, isPreview, conflict }: Row): ReactNode {
  const clioUserName = useStatus()?.clioIntegration.clioUserName ?? null;
  if (conflict && kind === "conflict" && !isPreview) return "Ours stays until someone decides.";
  if (mark && mark.decision !== "SAME") {
    const reason = decisionReason(mark, { clioUserName, preview: isPreview });
    const isDecided = mark.decision === "KEPT_LOCAL" && mark.reason && mark.reason !== "POLICY";
    return isDecided ? `${reason} ${keptReasonWords(mark.reason ?? "")}` : reason;
  }
  if (facts.origin === "NONE" && facts.clio) return sentence(`Clio has ${fieldText(facts.field, facts.clio)}`);
  if (facts.origin === "LOCAL" && facts.clio === null) return "Clio has none.";
  return null;
}
