import { useSyncExternalStore } from "react";

const query = window.matchMedia("(max-width: 48rem)");

function subscribe(listener: () => void) {
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Reports whether the window is as narrow as a phone, where what is rendered differs. What only looks different is the stylesheet's. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
