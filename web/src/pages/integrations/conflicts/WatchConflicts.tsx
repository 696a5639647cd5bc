import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { listName } from "@/format/names.ts";
import table from "@/ui/table.module.css";
import styles from "./conflicts.module.css";
import type { Conflict } from "./query.ts";

/** The conflicts of one watch. */
export type OfOneWatch = [Conflict, ...Conflict[]];

/** Puts conflicts of the same watch together, in the order of the first of each. */
export function byWatch(nodes: readonly Conflict[]): OfOneWatch[] {
  const groups = new Map<string, OfOneWatch>();
  for (const each of nodes) {
    const group = groups.get(each.watch.id);
    if (group) group.push(each);
    else groups.set(each.watch.id, [each]);
  }
  return [...groups.values()];
}

/** A watch, with the rows of its conflicts. */
export function WatchConflicts({ conflicts, children }: { conflicts: OfOneWatch; children: ReactNode }) {
  const { watch } = conflicts[0];
  const name = listName(watch);
  return (
    <section className={styles.watch}>
      <h2>
        <Link className={table.name} to="/watches/$id" params={{ id: watch.id }}>
          {name.last}, <span>{name.rest}</span>
        </Link>
        <span className={styles.matter}>
          {watch.caseNumber ?? "no case number"} · {watch.assignedTo ?? "nobody assigned"}
        </span>
      </h2>
      {children}
    </section>
  );
}
