import { fieldText, tagsText } from "@/format/values.ts";
import { fieldLabel } from "@/format/words/fields.ts";
import { enumName, type FormField, type Values } from "./values.ts";

/** A field's label: "Date of birth". */
export function labelOf(field: FormField): string {
  return fieldLabel(enumName(field));
}

/** A field's value in words; "" when it is empty. */
export function valueWords(field: FormField, values: Values): string {
  return field === "tags" ? tagsText(values.tags) : fieldText(enumName(field), values[field]);
}

const fates: Record<string, string> = {
  KEEP_LOCAL: "Ours will be kept.",
  ASK: "Ours will be asked about.",
  USE_CLIO: "Ours lasts until the next sync.",
};

/** What Clio has for a field that differs from it, and what a sync will do: "Clio has Providence. Ours will be kept." */
export function clioHint(
  field: FormField,
  value: string,
  clio: string | null | undefined,
  resolution: string | undefined,
) {
  if (!clio || value.trim() === clio) return undefined;
  return `Clio has ${fieldText(enumName(field), clio)}. ${(resolution && fates[resolution]) ?? ""}`.trim();
}
