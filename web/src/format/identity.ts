import { sentence } from "@/format/text.ts";
import type { FieldOutcome } from "@/format/types.ts";
import { fieldText } from "@/format/values.ts";
import { fieldLabel } from "@/format/words/fields.ts";

/** A name, birth date or state that a sync changed: obituaries are matched against it. */
export interface IdentityChange {
  field: string;
  /** "First name changed". */
  heading: string;
  from: string;
  to: string;
}

const fields: readonly string[] = ["FIRST_NAME", "LAST_NAME", "DATE_OF_BIRTH", "STATE"];
const changes: readonly string[] = ["UPDATED", "OVERWROTE_LOCAL"];

/** Reports whether a sync changed the field's value. */
export function isChanged(result: FieldOutcome): boolean {
  return changes.includes(result.decision);
}

/** The identity changes of a watch's sync; filling what was empty is none. */
export function identityChanges(results: readonly FieldOutcome[], preview = false): IdentityChange[] {
  return results
    .filter((each) => fields.includes(each.field) && isChanged(each) && each.before && each.before !== each.after)
    .map((each) => ({
      field: each.field,
      heading: `${fieldLabel(each.field)} ${preview ? "would change" : "changed"}`,
      from: fieldText(each.field, each.before),
      to: fieldText(each.field, each.after),
    }));
}

/** An identity change as a sentence: "First name changed from Catherine to Katherine." */
export function identitySentence(change: IdentityChange): string {
  return sentence(`${change.heading} from ${change.from} to ${change.to || "empty"}`);
}

/** What an identity change means: "Obituaries are now matched against Katherine." */
export function identityConsequence(change: IdentityChange, preview = false): string {
  const are = preview ? "would then be" : "are now";
  return sentence(`Obituaries ${are} matched against ${change.to || "an empty field"}`);
}
