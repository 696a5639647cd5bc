// What each address may hold behind its "?". Unknown parameters, and values that no page knows, are dropped.

type Search = Record<string, unknown>;

function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((each) => each === value);
}

function texts(value: unknown): string[] | undefined {
  const found = (Array.isArray(value) ? value : [value]).map(text).filter((each) => each !== undefined);
  return found.length > 0 ? found : undefined;
}

function flag(value: unknown): 1 | undefined {
  return value === 1 || value === "1" || value === true ? 1 : undefined;
}

/** Leaves out what is not set, so that addresses stay short. */
function set<Values extends object>(values: Values): { [Key in keyof Values]?: NonNullable<Values[Key]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

/** The views of the list of watches; active is the first. */
export const watchViews = ["active", "conflicts", "client-changed", "missing", "not-clio", "archived", "all"] as const;

/** The orders of the list of watches; name is the first. */
export const watchSorts = ["name", "-name", "synced", "-synced", "created", "-created", "updated", "-updated"] as const;

/** /watches */
export const watchesSearch = (search: Search) =>
  set({
    view: oneOf(watchViews, search.view),
    q: text(search.q),
    case: texts(search.case),
    attorney: text(search.attorney),
    priority: texts(search.priority),
    tag: texts(search.tag),
    sort: oneOf(watchSorts, search.sort),
    after: text(search.after),
    before: text(search.before),
  });
export type WatchesSearch = ReturnType<typeof watchesSearch>;

/** /watches/:id */
export const watchSearch = (search: Search) => set({ preview: flag(search.preview) });

/** /watches/:id/edit */
export const editSearch = (search: Search) => set({ field: text(search.field) });

/** /sign-in and /sign-up: next is one of the console's own addresses. */
export const signInSearch = (search: Search) => {
  const next = text(search.next);
  return set({ next: next?.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : undefined });
};

/** Where Clio's page sends the browser back to: how it went, told once. */
export const clioOutcomes = ["connected", "declined", "error"] as const;

/** /integrations/clio */
export const clioSearch = (search: Search) => set({ clio: oneOf(clioOutcomes, search.clio) });

/** /integrations/matters */
export const mattersSearch = (search: Search) =>
  set({
    q: text(search.q),
    status: oneOf(["open", "pending", "closed"] as const, search.status),
    area: text(search.area),
    imported: oneOf(["no", "yes", "any"] as const, search.imported),
    first: flag(search.first),
    clio: oneOf(clioOutcomes, search.clio),
  });
export type MattersSearch = ReturnType<typeof mattersSearch>;

/** /integrations/runs */
export const runsSearch = (search: Search) =>
  set({
    trigger: oneOf(["manual", "schedule", "login"] as const, search.trigger),
    status: oneOf(["queued", "running", "succeeded", "partial", "failed", "canceled"] as const, search.status),
    kind: oneOf(["sync", "preview"] as const, search.kind),
    after: text(search.after),
  });

/** /integrations/runs/:id */
export const runSearch = (search: Search) => set({ undo: flag(search.undo) });

/** /integrations/conflicts */
export const conflictsSearch = (search: Search) => set({ watch: text(search.watch), after: text(search.after) });

/** Pages that show one list. */
export const listSearch = (search: Search) => set({ after: text(search.after) });
