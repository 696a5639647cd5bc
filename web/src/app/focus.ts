import type { AnyRouter } from "@tanstack/react-router";

/** How long a page may take to show the link that had the focus, when one comes back to it. */
const timeout = 1000; // milliseconds

/**
 * Gives the focus to the heading of a page that is opened, and on the way back to the link that led away, so that the keyboard and the screen
 * reader go on from there.
 */
export function keepFocus(router: AnyRouter): () => void {
  const left = new Map<string, string>(); // the address of the link that was followed, by the page's place in history
  let isBack = false;
  const unsubscribe = [
    router.history.subscribe(({ action }: { action: { type: string } }) => {
      isBack = action.type === "BACK" || action.type === "GO";
    }),
    router.subscribe("onBeforeNavigate", ({ fromLocation }) => {
      const link = document.activeElement?.closest("a")?.getAttribute("href");
      if (fromLocation && link) left.set(placeOf(fromLocation.state), link);
    }),
    router.subscribe("onRendered", ({ pathChanged, fromLocation, toLocation }) => {
      if (!fromLocation || !pathChanged) return;
      const link = isBack ? left.get(placeOf(toLocation.state)) : undefined;
      if (link) focusLater(link);
      else focusHeading();
    }),
  ];
  return () => {
    for (const stop of unsubscribe) stop();
  };
}

function placeOf(state: object): string {
  const { __TSR_key: key } = state as { __TSR_key?: string };
  return key ?? "";
}

function focusHeading() {
  document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
}

function focusLater(link: string) {
  const selector = `main a[href="${CSS.escape(link)}"]`;
  const find = () => {
    const found = document.querySelector<HTMLElement>(selector);
    found?.focus({ preventScroll: true });
    return found !== null;
  };
  if (find()) return;
  const observer = new MutationObserver(() => {
    if (find()) stop();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  const timer = setTimeout(() => {
    stop();
    focusHeading();
  }, timeout);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}
