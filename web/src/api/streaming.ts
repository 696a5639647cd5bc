import { useSyncExternalStore } from "react";

let isStreaming = true;
const listeners = new Set<() => void>();

/** Tells whether the socket of the subscriptions stands. */
export function setStreaming(is: boolean) {
  isStreaming = is;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reports whether subscriptions are delivered: pages that follow something ask for it themselves while they aren't. */
export function useIsStreaming(): boolean {
  return useSyncExternalStore(subscribe, () => isStreaming);
}
