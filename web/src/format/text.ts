/** A text with its first letter in upper case. */
export function capitalized(text: string): string {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length);
}

/** A text that ends like a sentence: with one full stop, unless it ends in a mark of its own, as "Francis X." does. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
