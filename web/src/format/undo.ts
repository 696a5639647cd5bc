import { count, number } from "@/format/counts.ts";
import { nameOf } from "@/format/words/lookup.ts";

/** What undoing a run does, or did, with one field. */
export interface UndoneField {
  watch?: { id: string } | null;
  outcome: string;
}

/** What an undo comes to: how many fields go back, and in words what goes back and what stays, and why. */
export interface UndoSummary {
  goBack: number;
  sentence: string;
}

/** Why fields stay: for one, and for several. */
const reasons: Record<string, readonly [one: string, many: string]> = {
  KEPT_EDITED: ["it was edited since", "they were edited since"],
  SKIPPED_ARCHIVED: ["its watch is archived", "their watches are archived"],
  SKIPPED_UNLINKED: ["its watch is not linked", "their watches are not linked"],
  WATCH_DELETED: ["its watch was deleted", "their watches were deleted"],
};

/** "29 fields in 25 watches go back. 1 stays, because it was edited since." Once it is done: "went back", "stayed". */
export function undoSummary(fields: readonly UndoneField[], done = false): UndoSummary {
  const back = fields.filter((each) => each.outcome === "RESTORED");
  return { goBack: back.length, sentence: [backSentence(back, done), ...staySentences(fields, done)].join(" ") };
}

function backSentence(back: readonly UndoneField[], done: boolean): string {
  if (back.length === 0) return done ? "Nothing went back." : "Nothing goes back.";
  const watches = new Set(back.map((each) => each.watch?.id ?? "")).size;
  const verb = done ? "went" : back.length === 1 ? "goes" : "go";
  return `${count(back.length, "field")} in ${count(watches, "watch", "watches")} ${verb} back.`;
}

function staySentences(fields: readonly UndoneField[], done: boolean): string[] {
  const stays = new Map<string, number>();
  for (const { outcome } of fields) if (outcome !== "RESTORED") stays.set(outcome, (stays.get(outcome) ?? 0) + 1);
  return [...stays].map(([outcome, n]) => {
    const [one, many] = (Object.hasOwn(reasons, outcome) ? reasons[outcome] : undefined) ?? [];
    const verb = done ? "stayed" : n === 1 ? "stays" : "stay";
    const why = n === 1 ? one : many;
    return `${number(n)} ${verb}${why ? `, because ${why}` : `: ${nameOf(outcome)}`}.`;
  });
}
