import { wordsFor } from "@/format/words/lookup.ts";

const causes: Record<string, string> = {
  CREATE: "Added by hand",
  EDIT: "Edited",
  IMPORT: "Imported from Clio",
  SYNC: "Sync from Clio",
  CONFLICT: "Conflict settled",
  UNDO: "Undone",
};

const undoOutcomes: Record<string, string> = {
  RESTORED: "Goes back",
  KEPT_EDITED: "Edited since",
  SKIPPED_ARCHIVED: "Archived",
  SKIPPED_UNLINKED: "Not linked",
  WATCH_DELETED: "Watch deleted",
};

/** Why a field changed (ChangeCause): "Imported from Clio". */
export function causeWords(cause: string): string {
  return wordsFor(causes, cause);
}

/** What undoing a run does with a field (UndoOutcome): "Goes back", and once it is done "Went back". */
export function undoOutcomeWords(outcome: string, done = false): string {
  return done && outcome === "RESTORED" ? "Went back" : wordsFor(undoOutcomes, outcome);
}
