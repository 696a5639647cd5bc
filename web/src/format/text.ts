/** A text with its first letter in upper case. */
export function capitalized(text: string): string {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length);
}

/** A text that ends like a sentence: with one full stop, unless it ends in a mark of its own, as "Francis X." does. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

const lists = new Intl.ListFormat("en-US", { type: "conjunction" });

/** The items with commas between them, and "and" before the last: "Ada, Bo, and Cy". */
export function listed(items: readonly string[]): string {
  return lists.format(items);
}
