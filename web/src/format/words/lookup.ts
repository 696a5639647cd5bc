/** A value's name as words, for values that this version does not know: CLIENT_CHANGED is "client changed". */
export function nameOf(value: string): string {
  return value.toLowerCase().replaceAll("_", " ").trim();
}

/** The words for a value; for one that the table does not know, the server's message, else the value's name. */
export function wordsFor(table: Readonly<Record<string, string>>, value: string, message?: string | null): string {
  const known = Object.hasOwn(table, value) ? table[value] : undefined;
  return known ?? (message || nameOf(value));
}
