import { type RefObject, useRef } from "react";
import { differences } from "@/format/differences.ts";
import { fieldText } from "@/format/values.ts";
import { fieldLabel } from "@/format/words/fields.ts";
import { Marked } from "@/ui/Changed.tsx";
import { EmptyValue } from "@/ui/EmptyValue.tsx";
import { FieldSource } from "./FieldSource.tsx";
import styles from "./fields.module.css";
import type { FieldFacts, OpenConflict, Row } from "./rows.ts";
import type { Problem } from "./useWatchActions.ts";

/** What can be done in a row. */
export interface FieldRowActions {
  takeClio: (facts: FieldFacts) => Promise<Problem>;
  settle: (conflict: OpenConflict, choice: "LOCAL" | "CLIO") => Promise<Problem>;
}

interface FieldRowProps {
  row: Row;
  isLinked: boolean;
  /** Whether the watch is active: an archived one is only read. */
  canChange: boolean;
  markedAt: string | undefined;
  actions: FieldRowActions;
}

/** One field: its name, its value, and where the value comes from. */
export function FieldRow({ row, isLinked, canChange, markedAt, actions }: FieldRowProps) {
  const head = useRef<HTMLTableCellElement>(null);
  return (
    <tr data-kind={row.kind} data-preview={row.isPreview || undefined}>
      <th scope="row" ref={head} tabIndex={-1}>
        {fieldLabel(row.facts.field)}
      </th>
      <td className={styles.value}>
        <Value row={row} />
      </td>
      {isLinked && (
        <td className={styles.source}>
          <FieldSource
            row={row}
            canChange={canChange}
            markedAt={markedAt}
            actions={actions}
            onDone={() => focusIfLost(head)}
          />
        </td>
      )}
    </tr>
  );
}

/** The button that was pressed may be gone: the keyboard goes on from its row. */
function focusIfLost(row: RefObject<HTMLElement | null>) {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) row.current?.focus({ preventScroll: true });
  });
}

function Value({ row: { facts, kind, mark, clioDiffers } }: { row: Row }) {
  const { field, value } = facts;
  if (mark && (kind === "changed" || kind === "wouldChange")) {
    const before = fieldText(field, mark.before);
    const after = fieldText(field, mark.after);
    const marked = differences(before, after);
    if (kind === "changed") {
      return (
        <>
          <span className={styles.now}>
            <Marked segments={marked.after} />
          </span>
          <span className={styles.sub}>was {before ? <Marked segments={marked.before} /> : "empty"}</span>
        </>
      );
    }
    return (
      <>
        <Marked segments={marked.before} />
        <span className={styles.sub}>
          would become{" "}
          <b>
            <Marked segments={marked.after} />
          </b>
        </span>
      </>
    );
  }
  return (
    <>
      {fieldText(field, value) || <EmptyValue />}
      {clioDiffers !== null && <span className={styles.sub}>Clio has {fieldText(field, clioDiffers)}</span>}
    </>
  );
}
