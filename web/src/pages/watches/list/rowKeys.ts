import type { KeyboardEvent } from "react";

/** Moves the focus between the rows' links by ↑ and ↓, to the first and last by Home and End. Enter opens, as on every link. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a")];
  const at = links.indexOf(event.target as HTMLElement);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: links.length - 1 }[event.key];
  const next = at < 0 || to === undefined ? undefined : links[to];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
