import { nameOf, wordsFor } from "@/format/words/lookup.ts";

/** What a run's state is shown as; "unknown" is a status that this version does not know. */
export type RunState =
  | "queued"
  | "running"
  | "done"
  | "partial"
  | "failed"
  | "stopped"
  | "undone"
  | "preview"
  | "unknown";

/** What decides a run's state. */
export interface RunStatus {
  status: string;
  dryRun: boolean;
  undoneAt?: string | null;
}

const states: Record<string, RunState> = {
  QUEUED: "queued",
  RUNNING: "running",
  SUCCEEDED: "done",
  PARTIAL: "partial",
  FAILED: "failed",
  CANCELED: "stopped",
};

const stateNames: Record<Exclude<RunState, "unknown">, string> = {
  queued: "Waiting to start",
  running: "Syncing from Clio",
  done: "Done",
  partial: "Partly done",
  failed: "Failed",
  stopped: "Stopped",
  undone: "Undone",
  preview: "Preview",
};

const outcomes: Record<string, string> = {
  UPDATED: "Updated",
  UNCHANGED: "No change",
  MISSING: "Not found in Clio",
  SKIPPED: "Skipped",
  FAILED: "Failed",
};

const problems: Record<string, string> = {
  CLIO_NOT_CONNECTED: "Clio is not connected",
  CLIO_UNAVAILABLE: "Clio did not answer",
  CLIO_RATE_LIMITED: "Clio’s limit was reached",
  CLIO_REFUSED_PART: "Clio would not show part",
  NOTHING_LINKED: "No watch is linked",
  INTERNAL: "Something went wrong here",
};

const scopes: Record<string, string> = { WATCH: "One watch", ALL: "All linked watches" };

/** What a run is shown as. A preview that did not succeed is shown by its status: failed is never "Preview". */
export function runState(run: RunStatus): RunState {
  if (run.undoneAt) return "undone";
  const state = Object.hasOwn(states, run.status) ? states[run.status] : undefined;
  return state === "done" && run.dryRun ? "preview" : (state ?? "unknown");
}

/** A run's state in words: "Partly done". A preview that is under way says that it only prepares one. */
export function runStateWords(run: RunStatus): string {
  const state = runState(run);
  if (state === "unknown") return nameOf(run.status);
  return state === "running" && run.dryRun ? "Preparing the preview" : stateNames[state];
}

/** How a sync ended for one watch (SyncOutcome): "No change". */
export function outcomeWords(outcome: string, message?: string | null): string {
  return wordsFor(outcomes, outcome, message);
}

/** Who or what started a run (SyncTrigger): a name, "Schedule" or "Dana Whitlock signed in". The name is null where a user was removed. */
export function triggerWords(trigger: string, name: string | null | undefined): string {
  const who = name || "A former member";
  if (trigger === "MANUAL") return who;
  if (trigger === "LOGIN") return `${who} signed in`;
  return wordsFor({ SCHEDULE: "Schedule" }, trigger);
}

/** What was wrong with a run (SyncProblem): "Clio did not answer"; after an answer for a part of it "Clio stopped answering". */
export function problemWords(problem: string, run?: { status?: string; message?: string | null }): string {
  if (problem === "CLIO_UNAVAILABLE" && run?.status === "PARTIAL") return "Clio stopped answering";
  return wordsFor(problems, problem, run?.message);
}

/** Which watches a run syncs (SyncScope): "One watch". */
export function scopeWords(scope: string): string {
  return wordsFor(scopes, scope);
}
