import { isChanged } from "@/format/identity.ts";
import type { FieldOutcome } from "@/format/types.ts";

/** What is known of one field of a watch. */
export interface FieldFacts {
  field: string;
  /** As the API writes it; null when empty. */
  value: string | null;
  /** Clio's last usable value; null when there never was one. */
  clio: string | null;
  /** CLIO, LOCAL or NONE. */
  origin: string;
  editedAt: string | null;
  editedBy: { name: string } | null;
}

/** An open conflict of a field. */
export interface OpenConflict {
  id: string;
  field: string;
  clio: string;
}

/** What the last sync or preview on this page said of a watch's fields. */
export interface Marks {
  fields: readonly FieldOutcome[];
  isPreview: boolean;
}

/** How a row is marked: its edge and its words. */
export type RowKind = "plain" | "changed" | "wouldChange" | "kept" | "conflict";

/** One row of the table of fields. */
export interface Row {
  facts: FieldFacts;
  kind: RowKind;
  /** What the sync or preview decided, while the value is still as it left it. */
  mark?: FieldOutcome;
  isPreview: boolean;
  conflict?: OpenConflict;
  /** Clio's value beneath ours, where the two differ; null where there is nothing to tell. */
  clioDiffers: string | null;
}

/** The fields about the person and about the matter, in the order in which they are shown. MIDDLE_NAME is never synced. */
export const personFields = ["FIRST_NAME", "MIDDLE_NAME", "LAST_NAME", "DATE_OF_BIRTH", "CITY", "STATE"] as const;
export const matterFields = ["CASE_NUMBER", "ASSIGNED_TO", "CASE_TYPE", "DATE_OF_INTEREST"] as const;

/** A field of a watch that has a row of its own. */
export type RowField = (typeof personFields)[number] | (typeof matterFields)[number];

/** The key of each field in a watch, and in the input of an edit. */
export const fieldKeys = {
  FIRST_NAME: "firstName",
  MIDDLE_NAME: "middleName",
  LAST_NAME: "lastName",
  DATE_OF_BIRTH: "dateOfBirth",
  CITY: "city",
  STATE: "state",
  CASE_NUMBER: "caseNumber",
  ASSIGNED_TO: "assignedTo",
  CASE_TYPE: "caseType",
  DATE_OF_INTEREST: "dateOfInterest",
} as const satisfies Record<RowField, string>;

const keptDecisions = ["KEPT_LOCAL", "CONFLICT"];

/** The row of one field. A mark is dropped once the value is no longer the one that the sync left or the preview saw. */
export function row(facts: FieldFacts, conflicts: readonly OpenConflict[], marks: Marks | undefined): Row {
  const found = marks?.fields.find((each) => each.field === facts.field);
  const isPreview = marks?.isPreview ?? false;
  const seen = isPreview ? found?.before : found?.after;
  const mark = found && (seen ?? null) === facts.value ? found : undefined;
  const conflict = conflicts.find((each) => each.field === facts.field);
  const told = mark && keptDecisions.includes(mark.decision) ? mark.clio : undefined;
  const known = (isPreview && told) || conflict?.clio || told || facts.clio;
  const isOurs = facts.origin === "LOCAL" || conflict !== undefined;
  return {
    facts,
    kind: kindOf(mark, isPreview, conflict),
    ...(mark && { mark }),
    ...(conflict && { conflict }),
    isPreview,
    clioDiffers: isOurs && known !== facts.value ? known : null,
  };
}

function kindOf(mark: FieldOutcome | undefined, isPreview: boolean, conflict: OpenConflict | undefined): RowKind {
  if (mark && isChanged(mark)) return isPreview ? "wouldChange" : "changed";
  if (conflict) return "conflict";
  return mark && keptDecisions.includes(mark.decision) ? "kept" : "plain";
}
