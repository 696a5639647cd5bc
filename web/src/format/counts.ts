import type { OutcomeCounts } from "@/format/types.ts";

const format = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A whole number with separators: "1,264". */
export function number(n: number): string {
  return format.format(n);
}

/** A number of things: "1 field", "3 fields", "1,264 watches". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** A number of watches: "1 watch", "7 watches". */
export function watches(n: number): string {
  return count(n, "watch", "watches");
}

/** The ways in which a sync can end for a watch, in the order of the sum. */
export type SumKey = "updated" | "unchanged" | "missing" | "skipped" | "failed";

/** One term of a run's sum: 17 "updated". */
export interface SumPart {
  key: SumKey;
  count: number;
  words: string;
}

/** The sum of a run: the five parts, what they add up to, and the sentence for screen readers. */
export interface RunSum {
  parts: SumPart[];
  processed: number;
  selected: number;
  /** What follows the total: "of 100" until all have a result, then "watches". */
  rest: string;
  sentence: string;
}

const keys: readonly SumKey[] = ["updated", "unchanged", "missing", "skipped", "failed"];

const names: Record<SumKey, string> = {
  updated: "updated",
  unchanged: "no change",
  missing: "not found in Clio",
  skipped: "skipped",
  failed: "failed",
};

/** The sum of a run: 17 updated + 46 no change + 1 not found in Clio + 1 skipped + 0 failed = 65 of 100. */
export function runSum(counts: OutcomeCounts, preview = false): RunSum {
  const parts = keys.map((key) => ({
    key,
    count: counts[key],
    words: preview && key === "updated" ? "would update" : names[key],
  }));
  const processed = parts.reduce((sum, each) => sum + each.count, 0);
  const selected = Math.max(counts.selected, processed);
  const all = processed === selected;
  const terms = parts.map((each) => `${number(each.count)} ${each.words}`).join(", ");
  return {
    parts,
    processed,
    selected,
    rest: all ? (processed === 1 ? "watch" : "watches") : `of ${number(selected)}`,
    sentence: `${terms}: ${all ? watches(processed) : `${number(processed)} of ${watches(selected)}`} in all.`,
  };
}

/** What a run did, for a line of a list, without the parts that are none: "94 updated, 1,168 no change, 2 not found". */
export function runLine(counts: OutcomeCounts, preview = false): string {
  const parts = runSum(counts, preview).parts.filter((each) => each.count > 0);
  const terms = parts.map((each) => `${number(each.count)} ${each.key === "missing" ? "not found" : each.words}`);
  return terms.join(", ");
}
