import { calendarDate } from "@/format/calendar.ts";
import { stateName } from "@/format/states.ts";
import { caseTypeWords, priorityWords, watchStatusWords } from "@/format/words/fields.ts";

/** What stands for an empty value: a dash to the eye, a word to the ear. */
export const EMPTY = { text: "–", spoken: "empty" } as const;

const texts: Record<string, (value: string) => string> = {
  DATE_OF_BIRTH: calendarDate,
  DATE_OF_INTEREST: calendarDate,
  STATE: stateText,
  CASE_TYPE: caseTypeWords,
  PRIORITY_LEVEL: priorityWords,
  STATUS: watchStatusWords,
};

/** A field's value as it is shown in a field row, a result or the history; "" when it is empty. */
export function fieldText(field: string, value: string | null | undefined): string {
  if (!value?.trim()) return "";
  const text = Object.hasOwn(texts, field) ? texts[field] : undefined;
  return text ? text(value) : value;
}

/** A state with its name, "Rhode Island (RI)"; a text that is no code stays as it is. */
export function stateText(state: string): string {
  const name = stateName(state);
  return name ? `${name} (${state})` : state;
}

/** Where a person lives, for lists: "Savannah, GA"; "" when neither is known. */
export function livesIn(city: string | null | undefined, state: string | null | undefined): string {
  return [city, state].filter(Boolean).join(", ");
}

/** Tags as one text, as the history writes them; "" when there are none. */
export function tagsText(tags: readonly string[] | null | undefined): string {
  return (tags ?? []).join(", ");
}
