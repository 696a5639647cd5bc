import { createLink } from "@tanstack/react-router";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { classes } from "./classes.ts";
import styles from "./Tabs.module.css";

/** Links to views of one thing, or to the parts of a place. */
export function Tabs({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  const ref = useRef<HTMLElement>(null);
  const shown = useRef<Element>(null);
  useEffect(() => {
    // On a phone the tabs are wider than the window: the current one is moved to its middle.
    const current = ref.current?.querySelector("[aria-current]");
    if (!ref.current || !current || current === shown.current) return;
    shown.current = current;
    const [all, one] = [ref.current.getBoundingClientRect(), current.getBoundingClientRect()];
    ref.current.scrollLeft += one.left - all.left - (all.width - one.width) / 2;
  });
  return (
    <nav ref={ref} className={classes(styles.tabs, className)} aria-label={label}>
      {children}
    </nav>
  );
}

/** isCurrent says so where the path alone doesn't tell. */
function TabAnchor({ isCurrent, ...props }: ComponentProps<"a"> & { isCurrent?: boolean }) {
  const current = isCurrent === undefined ? props["aria-current"] : isCurrent ? "page" : undefined;
  return <a {...props} className={styles.tab} aria-current={current} />;
}

/** One of Tabs. The router says which is the current one, by its path. */
export const Tab = createLink(TabAnchor);
