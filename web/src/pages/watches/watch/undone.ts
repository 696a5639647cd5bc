import { count } from "@/format/counts.ts";
import { undoOutcomeWords } from "@/format/words/history.ts";

/** What undoing a sync of one watch came to: "3 fields went back to what they were. 1 stays: edited since." */
export function undoneSentence(fields: readonly { outcome: string }[]): string {
  const back = fields.filter((each) => each.outcome === "RESTORED").length;
  const stays = fields.filter((each) => each.outcome !== "RESTORED");
  const reasons = [...new Set(stays.map((each) => undoOutcomeWords(each.outcome).toLowerCase()))];
  const went = back === 0 ? "Nothing went back." : `${count(back, "field")} went back to what ${be(back)}.`;
  if (stays.length === 0) return went;
  return `${went} ${stays.length} ${stays.length === 1 ? "stays" : "stay"}: ${reasons.join(", ")}.`;
}

function be(n: number): string {
  return n === 1 ? "it was" : "they were";
}
