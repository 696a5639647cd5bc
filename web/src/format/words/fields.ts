import { wordsFor } from "@/format/words/lookup.ts";

const fields: Record<string, string> = {
  FIRST_NAME: "First name",
  MIDDLE_NAME: "Middle name",
  LAST_NAME: "Last name",
  DATE_OF_BIRTH: "Date of birth",
  CITY: "City",
  STATE: "State",
  CASE_NUMBER: "Case number",
  ASSIGNED_TO: "Assigned to",
  CASE_TYPE: "Case type",
  DATE_OF_INTEREST: "Date of interest",
  INTERNAL_NOTES: "Notes",
  TAGS: "Tags",
  PRIORITY_LEVEL: "Priority",
  STATUS: "Status",
};

const caseTypeNames: Record<string, string> = {
  PROBATE: "Probate",
  TRUST_ADMINISTRATION: "Trust administration",
  ESTATE_PLANNING: "Estate planning",
  GUARDIANSHIP: "Guardianship",
  ELDER_LAW: "Elder law",
  FAMILY_LAW: "Family law",
  PERSONAL_INJURY: "Personal injury",
  MEDICAL_MALPRACTICE: "Medical malpractice",
  WORKERS_COMPENSATION: "Workers’ compensation",
  SOCIAL_SECURITY: "Social Security",
  DEBT_COLLECTION: "Debt collection",
  BANKRUPTCY: "Bankruptcy",
  REAL_ESTATE: "Real estate",
  CIVIL_LITIGATION: "Civil litigation",
  CRIMINAL: "Criminal",
  EMPLOYMENT: "Employment",
  IMMIGRATION: "Immigration",
  BUSINESS: "Business",
  INSURANCE: "Insurance",
  TAX: "Tax",
  OTHER: "Other",
};

const priorityNames: Record<string, string> = { LOW: "Low", NORMAL: "Normal", HIGH: "High", URGENT: "Urgent" };
const statuses: Record<string, string> = { ACTIVE: "Active", ARCHIVED: "Archived" };
const origins: Record<string, string> = { CLIO: "From Clio", LOCAL: "Edited here", NONE: "Empty" };

/** The case types that can be chosen, in the API's order. */
export const caseTypes: readonly string[] = Object.keys(caseTypeNames);

/** The priority levels that can be chosen, the least urgent first. */
export const priorityLevels: readonly string[] = Object.keys(priorityNames);

/** A field's label (SyncedField and WatchField): "Date of birth". */
export function fieldLabel(field: string): string {
  return wordsFor(fields, field);
}

/** A case type in words: "Trust administration". */
export function caseTypeWords(caseType: string): string {
  return wordsFor(caseTypeNames, caseType);
}

/** A priority level in words: "Urgent". */
export function priorityWords(priority: string): string {
  return wordsFor(priorityNames, priority);
}

/** A watch's status in words: "Active". */
export function watchStatusWords(status: string): string {
  return wordsFor(statuses, status);
}

/** Where a field's value comes from (FieldOrigin): "From Clio". */
export function originWords(origin: string): string {
  return wordsFor(origins, origin);
}
