import type { VariablesOf } from "@/api/graphql.ts";
import type { CreateWatch, UpdateWatch } from "./query.ts";
import { addTag } from "./tags.ts";

type CreateInput = VariablesOf<typeof CreateWatch>["input"];
type UpdateInput = VariablesOf<typeof UpdateWatch>["input"];

/** The fields of the form that hold one text, in the order of the page, by the API's names. */
export const textFields = [
  "firstName",
  "middleName",
  "lastName",
  "dateOfBirth",
  "city",
  "state",
  "caseNumber",
  "caseType",
  "assignedTo",
  "dateOfInterest",
  "priorityLevel",
  "internalNotes",
] as const;
export type TextField = (typeof textFields)[number];
export type FormField = TextField | "tags";

/** All fields of the form. */
export const formFields: readonly FormField[] = [...textFields, "tags"];

/** What the form holds: "" for what is empty. */
export type Values = Record<TextField, string> & { tags: readonly string[] };

/** The form of a new watch. */
export const noValues: Values = {
  ...(Object.fromEntries(textFields.map((each) => [each, ""])) as Record<TextField, string>),
  priorityLevel: "NORMAL",
  tags: [],
};

/** A watch's values, as the API has them. */
export type WatchValues = { [Field in TextField]: string | null } & { tags: readonly string[] };

/** What the form holds of a watch. */
export function valuesOf(watch: WatchValues): Values {
  const texts = Object.fromEntries(textFields.map((each) => [each, watch[each] ?? ""]));
  return { ...(texts as Record<TextField, string>), tags: watch.tags };
}

/** The name of a field in the schema's enums: dateOfBirth is DATE_OF_BIRTH. */
export function enumName(field: FormField): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** The field that an address asks for, by either of its names. */
export function fieldNamed(name: string | undefined): FormField | undefined {
  return formFields.find((each) => each === name || enumName(each) === name?.toUpperCase());
}

/** A value as it would be saved: without spaces around it; notes as they were typed, unless they are blank. */
function saved(field: FormField, values: Values): string | readonly string[] {
  const value = values[field];
  if (typeof value !== "string") return value;
  return field === "internalNotes" && value.trim() !== "" ? value : value.trim();
}

/** Reports whether a field would be saved alike from both. */
export function isSame(field: FormField, a: Values, b: Values): boolean {
  return JSON.stringify(saved(field, a)) === JSON.stringify(saved(field, b));
}

/** The fields in which the form differs from where it began. */
export function changedFields(start: Values, now: Values): FormField[] {
  return formFields.filter((each) => !isSame(each, start, now));
}

/** Adds the tag that is being typed to the tags: what stands in the form is saved. */
export function withTypedTag(values: Values, typed: string): Values {
  return { ...values, tags: addTag(values.tags, typed) };
}

function inputOf(fields: readonly FormField[], values: Values): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => {
      const value = saved(field, values);
      return [field, value.length === 0 ? null : value];
    }),
  );
}

/** What to send of an edit: only what was changed; null clears. A name can't be cleared: its blank is sent, and refused with words. */
export function updateInput(start: Values, now: Values): UpdateInput {
  return inputOf(changedFields(start, now), now) as UpdateInput;
}

/** What to send of a new watch. */
export function createInput(now: Values): CreateInput {
  const filled = changedFields(noValues, now);
  const names = { firstName: now.firstName.trim(), lastName: now.lastName.trim() };
  return { ...inputOf(filled, now), ...names } as CreateInput;
}
