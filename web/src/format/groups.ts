import { watches } from "@/format/counts.ts";
import { type GroupKey, groupWords } from "@/format/groupWords.ts";
import type { WatchOutcome } from "@/format/types.ts";

/** The results of a run that belong together. */
export interface ResultGroup<T extends WatchOutcome> {
  key: GroupKey;
  /** Whether a person should look: shown open under "Needs attention". The others fold. */
  needsAttention: boolean;
  /** "Identity changed". */
  heading: string;
  /** "3 watches". */
  size: string;
  /** What it means, in a sentence or two. */
  sentence: string;
  /** The folded line: its first part in bold, "2 edits kept", then the rest, ", as decided before". */
  fold: { strong: string; rest: string };
  results: T[];
}

/** When the results are looked at: while the run goes on, and whether it only is a preview. */
export interface GroupContext {
  live?: boolean;
  preview?: boolean;
}

const attention: readonly GroupKey[] = ["identity", "conflict", "clientChanged", "missing", "failed", "other"];
const rest: readonly GroupKey[] = ["replaced", "incomparable", "kept", "updated", "unchanged", "skipped"];

const outcomes: Record<string, GroupKey> = {
  MISSING: "missing",
  FAILED: "failed",
  UPDATED: "updated",
  UNCHANGED: "unchanged",
  SKIPPED: "skipped",
};

/** The results of a run in groups, the gravest first; each result is in its gravest group alone, in the run's order. */
export function groupResults<T extends WatchOutcome>(
  results: readonly T[],
  context: GroupContext = {},
): ResultGroup<T>[] {
  const keys = results.map(groupOf);
  return [...attention, ...rest].flatMap((key) => {
    const members = results.filter((_, index) => keys[index] === key);
    if (members.length === 0) return [];
    const words = groupWords(key, members, context);
    return [
      { key, needsAttention: attention.includes(key), size: watches(members.length), results: members, ...words },
    ];
  });
}

/** The gravest group that a result belongs to. */
export function groupOf(result: WatchOutcome): GroupKey {
  const has = (...decisions: string[]) => result.fields.some((each) => decisions.includes(each.decision));
  const byOutcome = Object.hasOwn(outcomes, result.outcome) ? (outcomes[result.outcome] ?? "other") : "other";
  if (result.identityChanged) return "identity";
  if (has("CONFLICT")) return "conflict";
  if (has("HELD")) return "clientChanged";
  if (attention.includes(byOutcome)) return byOutcome;
  if (has("OVERWROTE_LOCAL")) return "replaced";
  if (has("UNAVAILABLE", "UNUSABLE")) return "incomparable";
  if (has("KEPT_LOCAL")) return "kept";
  return byOutcome;
}
