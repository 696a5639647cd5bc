import type { Viewer } from "./viewer.ts";

let last: Viewer | null = null;

/** Remembers who is signed in, for when the session ends. */
export function rememberViewer(viewer: Viewer | null) {
  last = viewer;
}

/** Returns who was signed in last in this tab; null if nobody was, or signed out. */
export function lastViewer(): Viewer | null {
  return last;
}
