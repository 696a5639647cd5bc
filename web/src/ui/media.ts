import { useSyncExternalStore } from "react";

const phone = window.matchMedia("(max-width: 48rem)");

function subscribe(listener: () => void) {
  phone.addEventListener("change", listener);
  return () => phone.removeEventListener("change", listener);
}

/** Reports whether the window is as narrow as a phone's: for what is built differently there, not only styled so. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => phone.matches);
}
