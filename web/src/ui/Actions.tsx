import type { ReactNode } from "react";
import styles from "./Actions.module.css";
import { classes } from "./classes.ts";

/** Buttons beside each other. */
export function Actions({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return <div className={classes(styles.actions, className)}>{children}</div>;
}
