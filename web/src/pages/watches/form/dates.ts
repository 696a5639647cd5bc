/** Reports whether a date field has some of its parts, but not all: it would be saved as empty. */
export function isIncompleteDate(id: string): boolean {
  const parts = [...(document.getElementById(id)?.querySelectorAll("[role=spinbutton]") ?? [])];
  const empty = parts.filter((each) => each.hasAttribute("data-placeholder"));
  return empty.length > 0 && empty.length < parts.length;
}
