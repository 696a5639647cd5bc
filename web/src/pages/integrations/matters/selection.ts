/** How many matters can be imported at once. */
export const mostAtOnce = 100;

/** The chosen matters, by their id in Clio. They stay chosen while one searches and pages. */
export type Selection = ReadonlySet<string>;

/** Chooses or drops matters, as far as there is room. */
export function choose(selection: Selection, ids: readonly string[], isChosen: boolean): Selection {
  const next = new Set(selection);
  for (const id of ids) {
    if (!isChosen) next.delete(id);
    else if (next.size < mostAtOnce) next.add(id);
  }
  return next;
}

/** The ids from one to another in the order shown, both included: for Shift and a click. */
export function between(ids: readonly string[], from: string, to: string): string[] {
  const ends = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  const [first = -1, last = -1] = ends;
  return first < 0 ? [to] : ids.slice(first, last + 1);
}
