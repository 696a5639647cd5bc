import { runLine } from "@/format/counts.ts";
import { roundSubject } from "@/format/roundWords.ts";
import type { RoundCounts, RoundRun } from "@/format/types.ts";
import { type RunState, runState, runStateWords } from "@/format/words/runs.ts";

/** A line of the past syncs: a round, which unfolds to its runs. */
export interface Round<T extends RoundRun> {
  id: string;
  /** The runs, the newest first. */
  runs: T[];
  /** The run that began the round, and the one that is or was its last. */
  first: T;
  last: T;
  counts: RoundCounts;
  state: RunState;
  /** "Partly done". */
  stateWords: string;
  /** Who or what started it, and how much it checked: "Schedule, 700 of 1,262". */
  subject: string;
  /** What it did: "41 updated, 640 no change, 19 failed". */
  line: string;
  /** When all of it was undone, if it was. */
  undoneAt: string | null;
}

/** Runs, in any order, as the lines of "Past syncs": a line for each round, the round with the newest run first. */
export function roundsOf<T extends RoundRun>(runs: readonly T[]): Round<T>[] {
  const byRound = new Map<string, T[]>();
  for (const run of [...runs].sort(newestFirst)) {
    const members = byRound.get(run.roundId);
    if (members) members.push(run);
    else byRound.set(run.roundId, [run]);
  }
  return [...byRound].map(([id, members]) => roundOf(id, members));
}

/** Newest first; runs of the same moment stay as they are listed. */
function newestFirst(a: RoundRun, b: RoundRun): number {
  return new Date(b.createdAt).getTime() - new Date(a.createdAt).getTime();
}

function roundOf<T extends RoundRun>(id: string, runs: T[]): Round<T> {
  const last = runs[0] as T;
  const first = runs.at(-1) as T;
  const counts = sumOf(runs.map((each) => each.counts));
  const undoneAt = runs.every((each) => each.undoneAt) ? (last.undoneAt ?? null) : null;
  const whole = { status: statusOf(runs), dryRun: last.dryRun, undoneAt };
  const state = runState(whole);
  return {
    id,
    runs,
    first,
    last,
    counts,
    state,
    stateWords: runStateWords(whole),
    subject: roundSubject(first, last, counts),
    line: runLine(counts, last.dryRun),
    undoneAt,
  };
}

function sumOf(all: readonly RoundCounts[]): RoundCounts {
  const sum = {
    selected: 0,
    updated: 0,
    unchanged: 0,
    missing: 0,
    skipped: 0,
    failed: 0,
    conflicts: 0,
    identityChanged: 0,
  };
  for (const counts of all) {
    for (const key of Object.keys(sum) as (keyof RoundCounts)[]) sum[key] += counts[key];
  }
  return sum;
}

const ends: readonly string[] = ["SUCCEEDED", "PARTIAL", "FAILED", "CANCELED"];

/** The status of the whole: it goes on while a run does, and is SUCCEEDED only where every run is and none is missing. */
function statusOf(runs: readonly RoundRun[]): string {
  const last = runs[0] as RoundRun;
  const unended = runs.find((each) => !ends.includes(each.status));
  if (unended) return unended.status === "QUEUED" && runs.length > 1 ? "RUNNING" : unended.status;
  if (last.status === "CANCELED") return "CANCELED";
  if (runs.every((each) => each.status === "FAILED")) return "FAILED";
  if (runs.some((each) => each.status !== "SUCCEEDED")) return "PARTIAL";
  // A person's round is as long as they choose. One that continues by itself and left some over was broken off.
  return last.remaining > 0 && last.trigger !== "MANUAL" ? "PARTIAL" : "SUCCEEDED";
}
