import { useEffect, useRef, useState } from "react";
import { graphql, type ResultOf } from "@/api/graphql.ts";
import { count } from "@/format/counts.ts";
import { lastFirst } from "@/format/names.ts";
import { undoSummary } from "@/format/undo.ts";
import { fieldText } from "@/format/values.ts";
import { fieldLabel } from "@/format/words/fields.ts";
import { undoOutcomeWords } from "@/format/words/history.ts";
import { useForm } from "@/session/form.ts";
import { Button } from "@/ui/Button.tsx";
import { Changed } from "@/ui/Changed.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { EditIcon, UndoIcon } from "@/ui/icons.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import { Mark } from "@/ui/Mark.tsx";
import { Note } from "@/ui/Note.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { RunFields } from "./fragments.ts";
import styles from "./run.module.css";

const Undo = graphql(
  `
    mutation UndoSyncRun($id: ID!, $watchId: ID, $dryRun: Boolean!) {
      undoSyncRun(id: $id, watchId: $watchId, dryRun: $dryRun) {
        run { ...Run }
        fields {
          watch { id firstName middleName lastName caseNumber }
          field
          outcome
          before
          after
        }
        userErrors { code message path }
      }
    }
  `,
  [RunFields],
);

type Fields = NonNullable<ResultOf<typeof Undo>["undoSyncRun"]>["fields"];

interface UndoDialogProps {
  runId: string;
  /** Only what the run changed of this watch. */
  watchId?: string | undefined;
  title: string;
  onClose: () => void;
  /** Called once it is done, with what became of each field in words. */
  onDone: (summary: string) => void;
}

/** What undoing a sync would do, field by field; and then does it. */
export function UndoDialog({ runId, watchId, title, onClose, onDone }: UndoDialogProps) {
  const { submit, errors, isBusy } = useForm(Undo, (data) => data.undoSyncRun);
  const [fields, setFields] = useState<Fields>();
  const asked = useRef(false);
  const variables = { id: runId, watchId: watchId ?? null };
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    submit({ id: runId, watchId: watchId ?? null, dryRun: true }).then((payload) => setFields(payload?.fields));
  });
  const undo = async () => {
    const payload = await submit({ ...variables, dryRun: false });
    if (!payload) return;
    const { sentence } = undoSummary(payload.fields, true);
    announce(`Undone. ${sentence}`);
    onDone(sentence);
  };
  const problem = Object.values(errors)[0];
  const summary = fields && undoSummary(fields);
  return (
    <Dialog
      isOpen
      isWide
      onClose={onClose}
      title={title}
      actions={
        <>
          {summary && summary.goBack > 0 && (
            <Button look="main" isBusy={isBusy} busyText="Undoing…" onClick={undo}>
              Undo {count(summary.goBack, "field")}
            </Button>
          )}
          <Button onClick={onClose}>Keep the sync</Button>
        </>
      }
    >
      {problem && (
        <Note tone="danger" role="alert" title="Nothing was undone.">
          {problem}
        </Note>
      )}
      {!summary && !problem && <SkeletonRows rows={3} />}
      {summary && (
        <>
          <p>
            {summary.sentence}
            {summary.goBack > 0 && " Clio is not asked, and later syncs will not bring the undone values back."}
          </p>
          <UndoneFields fields={fields} />
        </>
      )}
    </Dialog>
  );
}

function UndoneFields({ fields }: { fields: Fields }) {
  if (fields.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by the keyboard
    <ul className={styles.undo} tabIndex={0} aria-label="What goes back, and what stays">
      {fields.map((each) => (
        <li key={`${each.watch?.id} ${each.field} ${each.before}`}>
          <b>{each.watch ? lastFirst(each.watch) : "Watch deleted"}</b>
          <span>
            {fieldLabel(each.field)}:{" "}
            {each.outcome === "RESTORED" ? (
              <Changed before={fieldText(each.field, each.before)} after={fieldText(each.field, each.after)} />
            ) : (
              <b>{fieldText(each.field, each.before) || "empty"}</b>
            )}
          </span>
          <Mark
            tone={each.outcome === "RESTORED" ? "accent" : "local"}
            icon={each.outcome === "RESTORED" ? UndoIcon : EditIcon}
          >
            {undoOutcomeWords(each.outcome)}
          </Mark>
        </li>
      ))}
    </ul>
  );
}
