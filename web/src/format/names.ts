import type { PersonName } from "@/format/types.ts";

/** A name for lists in its two parts: last "Whitfield", rest "Robert James". */
export function listName(person: PersonName): { last: string; rest: string } {
  const rest = [person.firstName, person.middleName].filter((each) => each?.trim()).join(" ");
  return { last: person.lastName, rest };
}

/** A name for lists as one text: "Whitfield, Robert James". */
export function lastFirst(person: PersonName): string {
  const { last, rest } = listName(person);
  return [last, rest].filter(Boolean).join(", ");
}

/** A name for headings and sentences: "Katherine Illingworth-Shaw". */
export function firstLast(person: PersonName): string {
  return [person.firstName, person.lastName].filter(Boolean).join(" ");
}

/** The first letters of a user's first and last word, for the account's button: "DW". */
export function initials(name: string): string {
  const letters = name
    .normalize("NFC")
    .split(/\s+/)
    .map((word) => word.match(/[\p{L}\p{N}]\p{M}*/u)?.[0] ?? "")
    .filter(Boolean);
  const first = letters[0] ?? "";
  return (letters.length > 1 ? first + letters.at(-1) : first).toLocaleUpperCase("en-US");
}
