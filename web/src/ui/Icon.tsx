import type { LucideIcon } from "lucide-react";
import { classes } from "./classes.ts";
import styles from "./Icon.module.css";

/** An icon beside words, which say the same: nobody hears it. */
export function Icon({ of: Shape, className }: { of: LucideIcon; className?: string | undefined }) {
  return <Shape aria-hidden className={classes(styles.icon, className)} strokeWidth={1.9} />;
}
