import { sentence } from "@/format/text.ts";
import type { FieldOutcome } from "@/format/types.ts";
import { fieldText } from "@/format/values.ts";
import { wordsFor } from "@/format/words/lookup.ts";

/** What the words about a decision depend on besides the field's result. */
export interface DecisionContext {
  /** The name of the Clio user who granted access; null where Clio doesn't show it. */
  clioUserName?: string | null;
  /** Whether the sync was a preview, so that nothing has happened yet. */
  preview?: boolean;
}

const labels: Record<string, string> = {
  SAME: "No change",
  UPDATED: "Updated",
  EMPTY_IN_CLIO: "Clio has none",
  UNAVAILABLE: "Hidden in Clio",
  UNUSABLE: "Cannot be used",
  HELD: "Left alone",
  KEPT_LOCAL: "Edit kept",
  CONFLICT: "Conflict",
  OVERWROTE_LOCAL: "Edit replaced",
};

const kept: Record<string, string> = {
  POLICY: "Edits made here are kept.",
  SETTLED: "It was decided before that ours stays.",
  EDITED_SINCE: "It was edited here while Clio was asked.",
};

/** A decision in a word or two (FieldDecision), for badges and tables: "Edit kept". */
export function decisionLabel(decision: string): string {
  return wordsFor(labels, decision);
}

/** What a sync decided about a field, in full: "Conflict. Clio has Bob. Ours stays until someone decides." */
export function decisionWords(result: FieldOutcome, context: DecisionContext = {}): string {
  const clio = fieldText(result.field, result.clio) || "none";
  const { preview } = context;
  switch (result.decision) {
    case "UPDATED":
      return `${preview ? "Would be updated." : "Updated."} ${decisionReason(result, context)}`;
    case "KEPT_LOCAL":
      return sentence(`${preview ? "Edit would be kept." : "Edit kept."} Clio has ${clio}`);
    case "CONFLICT": {
      const stays = preview ? "Ours would stay until someone decides." : "Ours stays until someone decides.";
      return `${preview ? "Would be a conflict." : "Conflict."} ${sentence(`Clio has ${clio}`)} ${stays}`;
    }
    case "OVERWROTE_LOCAL":
      return `${preview ? "Edit would be replaced." : "Edit replaced."} ${decisionReason(result, context)}`;
    default:
      return decisionReason(result, context);
  }
}

/** The reason beside a field's value, without what the row shows already: "Nobody had edited it here." */
export function decisionReason(result: FieldOutcome, context: DecisionContext = {}): string {
  const { preview } = context;
  const untouched = preview ? "Nothing would be changed." : "Nothing was changed.";
  const clio = fieldText(result.field, result.clio);
  const before = fieldText(result.field, result.before);
  switch (result.decision) {
    case "UPDATED":
      if (!before) return preview ? "It is empty here." : "It was empty here.";
      return preview ? "Nobody has edited it here." : "Nobody had edited it here.";
    case "EMPTY_IN_CLIO":
      return before ? "Clio has none, so ours stays." : "Empty here and in Clio.";
    case "UNAVAILABLE":
      return `Hidden in Clio from ${sentence(context.clioUserName || "the connected user")} ${untouched}`;
    case "UNUSABLE":
      return clio
        ? `Clio says “${clio}”, which cannot be used. ${untouched}`
        : `Clio’s value cannot be used. ${untouched}`;
    case "HELD":
      return "Left alone: the matter names another client.";
    case "KEPT_LOCAL":
      return preview ? "The edit would be kept." : "The edit was kept.";
    case "CONFLICT":
      return preview ? "Ours would stay until someone decides." : "Ours stays until someone decides.";
    case "OVERWROTE_LOCAL":
      return sentence(
        `Clio’s value ${preview ? "would take" : "took"} the place of ${before || "a field that was emptied here"}`,
      );
    default:
      return decisionLabel(result.decision);
  }
}

/** Why an edit was kept (KeptReason): "It was decided before that ours stays." */
export function keptReasonWords(reason: string): string {
  return wordsFor(kept, reason);
}

/** Whose value settles a conflict (ConflictChoice): "Keep ours", "Use Clio’s". */
export function choiceWords(choice: string): string {
  return wordsFor({ LOCAL: "Keep ours", CLIO: "Use Clio’s" }, choice);
}
