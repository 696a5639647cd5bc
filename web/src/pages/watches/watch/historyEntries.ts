import { matterFields, personFields } from "./rows.ts";

/** One change of one field, as the API's history has it, newest first. */
export interface Change {
  id: string;
  field: string;
  before: string | null;
  after: string | null;
  at: string;
  cause: string;
  by: Person | null;
  run: ChangeRun | null;
}

/** The run that made a change, or that was undone. */
export interface ChangeRun {
  id: string;
  scope: string;
  trigger: string;
  canUndo: boolean;
  createdAt: string;
  undoneAt: string | null;
  undoneBy: Person | null;
}

interface Person {
  id: string;
  name: string;
}

/** The changes of one run or of one save. */
export interface HistoryEntry {
  key: string;
  cause: string;
  at: string;
  by: Person | null;
  run: ChangeRun | null;
  changes: Change[];
  /** When a sync's changes were undone, and by whom; null while any of them was not. */
  undone: { at: string; by: Person | null } | null;
  /** Whether undoing the run would bring any of these fields back: its change is still the field's latest. */
  canUndo: boolean;
}

const order: readonly string[] = [...personFields, ...matterFields];

/** The history by run or by save, newest first. */
export function historyEntries(changes: readonly Change[]): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  const latest = new Set<string>(); // the fields that a newer change has been seen of
  const undos = new Map<string, Change>(); // by run and field
  for (const change of changes) {
    const { run, field } = change;
    if (change.cause === "UNDO" && run) undos.set(`${run.id} ${field}`, change);
    const isLatest = !latest.has(field);
    latest.add(field);
    const last = entries.at(-1);
    const entry = last?.key === keyOf(change) ? last : newEntry(change);
    if (entry !== last) entries.push(entry);
    entry.changes.push(change);
    if (change.cause === "SYNC" && run?.canUndo && isLatest) entry.canUndo = true;
  }
  for (const entry of entries) {
    entry.changes.sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
    if (entry.cause === "SYNC") entry.undone = undoneOf(entry, undos);
  }
  return entries;
}

function newEntry(change: Change): HistoryEntry {
  const { cause, at, by, run } = change;
  return { key: keyOf(change), cause, at, by, run, changes: [], undone: null, canUndo: false };
}

function keyOf({ cause, run, at, by }: Change): string {
  return [cause, run ? `${run.id} ${cause === "UNDO" ? at : ""}` : `${at} ${by?.id ?? ""}`].join(" ");
}

function undoneOf(entry: HistoryEntry, undos: ReadonlyMap<string, Change>): HistoryEntry["undone"] {
  const { run, changes } = entry;
  if (run?.undoneAt) return { at: run.undoneAt, by: run.undoneBy };
  const found = changes.map((each) => undos.get(`${run?.id} ${each.field}`));
  const last = found[0];
  return last && found.every(Boolean) ? { at: last.at, by: last.by } : null;
}
