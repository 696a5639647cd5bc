/** What was chosen for each conflict, by its id. Nothing is sent until it is saved. */
export type Choices = ReadonlyMap<string, "LOCAL" | "CLIO">;

/** How many were chosen of each kind. */
export function tally(choices: Choices): { ours: number; clio: number } {
  const all = [...choices.values()];
  return { ours: all.filter((each) => each === "LOCAL").length, clio: all.filter((each) => each === "CLIO").length };
}

/** The choices for the conflicts that are still open: an id that closed is good for nothing any more. */
export function stillOpen(choices: Choices, openIds: readonly string[]): Choices {
  const open = new Set(openIds);
  return new Map([...choices].filter(([id]) => open.has(id)));
}

/** "2 ours, 1 Clio's", without what is none. */
export function tallyWords({ ours, clio }: { ours: number; clio: number }): string {
  return [ours > 0 && `${ours} ours`, clio > 0 && `${clio} Clio’s`].filter(Boolean).join(", ");
}
