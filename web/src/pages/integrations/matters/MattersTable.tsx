import { type KeyboardEvent, useRef } from "react";
import { BareCheckbox } from "@/ui/choices.tsx";
import { classes } from "@/ui/classes.ts";
import table from "@/ui/table.module.css";
import { MatterRow } from "./MatterRow.tsx";
import styles from "./matters.module.css";
import type { Matter } from "./query.ts";
import { between, type Selection } from "./selection.ts";

interface MattersTableProps {
  matters: readonly Matter[];
  selection: Selection;
  onChoose: (ids: readonly string[], isChosen: boolean) => void;
}

/** Matters with check boxes: Shift and a click choose a range, Shift and an arrow go on from there. */
export function MattersTable({ matters, selection, onChoose }: MattersTableProps) {
  const last = useRef<string>(undefined); // where a range begins
  const body = useRef<HTMLTableSectionElement>(null);
  const ids = matters.filter((each) => each.importable && !each.watch).map((each) => each.matterId);
  const chosen = ids.filter((id) => selection.has(id)).length;
  const choose = (id: string, isChosen: boolean, withShift: boolean) => {
    onChoose(withShift && last.current ? between(ids, last.current, id) : [id], isChosen);
    last.current = id;
  };
  const move = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const boxes = [...(body.current?.querySelectorAll<HTMLInputElement>("input") ?? [])];
    const next = boxes[boxes.indexOf(event.currentTarget) + step];
    next?.focus();
    const here = event.currentTarget.dataset.matter;
    const there = next?.dataset.matter;
    if (event.shiftKey)
      onChoose(
        [here, there].filter((id) => id !== undefined),
        true,
      );
    if (there) last.current = there;
  };
  return (
    <table className={classes(table.table, styles.table)}>
      <caption className="vh">Matters in Clio that can become watches</caption>
      <thead>
        <tr>
          <th scope="col">
            <BareCheckbox
              aria-label="Choose all shown that can be imported"
              checked={ids.length > 0 && chosen === ids.length}
              isMixed={chosen > 0 && chosen < ids.length}
              disabled={ids.length === 0}
              onChange={(event) => onChoose(ids, event.target.checked)}
            />
          </th>
          <th scope="col">Client</th>
          <th scope="col">Matter</th>
          <th scope="col" className={styles.description}>
            Description
          </th>
          <th scope="col">Practice area</th>
          <th scope="col" className={styles.status}>
            Status
          </th>
          <th scope="col">Opened</th>
          <th scope="col">Responsible attorney</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {matters.map((each) => (
          <MatterRow
            key={each.id}
            matter={each}
            isChosen={selection.has(each.matterId)}
            onChoose={(isChosen, withShift) => choose(each.matterId, isChosen, withShift)}
            onKeyDown={move}
          />
        ))}
      </tbody>
    </table>
  );
}
