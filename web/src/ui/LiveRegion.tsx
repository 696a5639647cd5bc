import { useSyncExternalStore } from "react";

type Urgency = "polite" | "assertive";

let messages: Record<Urgency, string> = { polite: "", assertive: "" };
const listeners = new Set<() => void>();

/** Reads a sentence out, when the reader has finished, or at once with "assertive". */
export function announce(message: string, urgency: Urgency = "polite") {
  // A space at the end, by turns: the same sentence twice is read twice.
  const again = messages[urgency] === message ? `${message}\u00a0` : message;
  messages = { ...messages, [urgency]: again };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where announce's sentences stand. Once, at the root. */
export function LiveRegion() {
  const shown = useSyncExternalStore(subscribe, () => messages);
  return (
    <>
      <div className="vh" aria-live="polite">
        {shown.polite}
      </div>
      <div className="vh" aria-live="assertive">
        {shown.assertive}
      </div>
    </>
  );
}
