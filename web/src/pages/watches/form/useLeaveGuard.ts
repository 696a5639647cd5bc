import { useBlocker } from "@tanstack/react-router";
import { useRef } from "react";

/** Asks before the page is left while something on it is not saved. allow lets the next navigation pass: what was typed is saved. */
export function useLeaveGuard(isDirty: boolean) {
  const isAllowed = useRef(false);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && !isAllowed.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty && !isAllowed.current,
    withResolver: true,
  });
  return {
    allow: () => {
      isAllowed.current = true;
    },
    isAsking: blocker.status === "blocked",
    leave: () => blocker.proceed?.(),
    stay: () => blocker.reset?.(),
  };
}
