/** The most tags that a watch has, and the longest tag, as the API bounds them. */
export const mostTags = 50;
export const longestTag = 100;

/** Adds a tag at the end, unless it is blank or there already, whatever its case. */
export function addTag(tags: readonly string[], typed: string): readonly string[] {
  const tag = typed.trim();
  if (tag === "" || tags.some((each) => isSameTag(each, tag))) return tags;
  return [...tags, tag];
}

/** Reports whether two tags differ in their case at most. */
export function isSameTag(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
