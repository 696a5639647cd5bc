import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

/** A single key that does something on this page. */
export interface SingleKey {
  key: string;
  words: string;
}

const stored = "single-keys";
const listeners = new Set<() => void>();
let active: SingleKey[] = [];

function notify() {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reports whether single keys are on: they are, unless they were turned off in this browser. */
export function useKeysOn(): boolean {
  return useSyncExternalStore(subscribe, areOn);
}

function areOn(): boolean {
  return localStorage.getItem(stored) !== "off";
}

/** Turns single keys on or off. */
export function turnKeys(on: boolean) {
  if (on) localStorage.removeItem(stored);
  else localStorage.setItem(stored, "off");
  notify();
}

/** Returns the keys of the page that is shown, for the list of them. */
export function useActiveKeys(): SingleKey[] {
  return useSyncExternalStore(subscribe, () => active);
}

/** Does something when a key is pressed anywhere but where text is typed, or a dialog or menu is open. */
export function useSingleKey(key: string, words: string, act: () => void, isOn = true) {
  const onPress = useEffectEvent(act);
  useEffect(() => {
    if (!isOn) return;
    const own = { key, words };
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (!areOn() || isTyping(event.target)) return;
      event.preventDefault();
      onPress();
    };
    active = [...active, own];
    notify();
    document.addEventListener("keydown", listen);
    return () => {
      active = active.filter((each) => each !== own);
      notify();
      document.removeEventListener("keydown", listen);
    };
  }, [key, words, isOn]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu]") !==
      null
  );
}
