import { count, number, runSum, watches } from "@/format/counts.ts";
import { type Clock, dateTimeInSentence, dayInSentence, timeInSentence } from "@/format/dates.ts";
import type { RoundCounts, RoundRun } from "@/format/types.ts";
import { problemWords, type RunState, triggerWords } from "@/format/words/runs.ts";

/** What stands in the last column of the past syncs. */
export interface RoundRemark {
  kind: "undone" | "preview" | "identity" | "conflicts" | "problem";
  words: string;
}

/** What the remarks of a round depend on. */
export interface RemarkedRound {
  runs: readonly RoundRun[];
  counts: RoundCounts;
  state: RunState;
  undoneAt: string | null;
}

/** Who or what started a round, and how many watches it checked: "Schedule, all 1,264", "Ikenna Osei, 100". */
export function roundSubject(first: RoundRun, last: RoundRun, counts: RoundCounts): string {
  const who = triggerWords(first.trigger, first.requestedBy?.name);
  if (first.scope === "WATCH") return `${who}, one watch`;
  const { processed, selected } = runSum(counts);
  // What a person's round leaves is for the next one. Other rounds continue by themselves, so that it is missing.
  const all = selected + (last.trigger === "MANUAL" ? 0 : last.remaining);
  if (all === 0) return who;
  if (processed < all) return `${who}, ${number(processed)} of ${number(all)}`;
  return `${who}, ${last.remaining > 0 ? "" : "all "}${number(processed)}`;
}

/** What a person should know of a round, or look at, the gravest first: "3 identity changes", "Clio stopped answering". */
export function roundRemarks(round: RemarkedRound, clock: Clock): RoundRemark[] {
  const { runs, counts, state, undoneAt } = round;
  if (undoneAt) return [{ kind: "undone", words: undoneWords(undoneAt, runs[0]?.createdAt ?? undoneAt, clock) }];
  if (state === "preview") return [{ kind: "preview", words: "Nothing was changed" }];
  const remarks: RoundRemark[] = [];
  if (counts.identityChanged > 0) {
    remarks.push({ kind: "identity", words: count(counts.identityChanged, "identity change") });
  }
  if (counts.conflicts > 0) remarks.push({ kind: "conflicts", words: `${watches(counts.conflicts)} in conflict` });
  const failing = runs.find((each) => each.problemCode || each.problem);
  if (failing) remarks.push({ kind: "problem", words: problemOf(failing, state) });
  return remarks;
}

/** When a round was undone: the time alone on the day of the sync, as the line has that day. */
function undoneWords(undoneAt: string, createdAt: string, clock: Clock): string {
  const then = { zone: clock.zone, now: new Date(createdAt) };
  const isSameDay = dayInSentence(undoneAt, then) === "today";
  return isSameDay ? `Undone at ${timeInSentence(undoneAt, then)}` : `Undone ${dateTimeInSentence(undoneAt, clock)}`;
}

function problemOf(run: RoundRun, state: RunState): string {
  const status = state === "partial" ? "PARTIAL" : run.status;
  return problemWords(run.problemCode ?? "", { status, message: run.problem });
}
