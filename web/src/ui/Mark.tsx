import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";
import styles from "./Mark.module.css";

/** What a mark means, beside its icon and its words. */
export type Tone = "plain" | "attention" | "local" | "accent" | "ok" | "danger";

/** A short word about a thing: its priority, its state. */
export function Mark({ tone = "plain", icon, children }: { tone?: Tone; icon?: LucideIcon; children: ReactNode }) {
  return (
    <span className={classes(styles.mark, tone !== "plain" && styles[tone])}>
      {icon && <Icon of={icon} />}
      {children}
    </span>
  );
}

/** How many there are, beside what they are. */
export function Count({ of, needsAttention = false }: { of: number; needsAttention?: boolean }) {
  return (
    <span className={classes(styles.count, needsAttention && styles.attention)}>{of.toLocaleString("en-US")}</span>
  );
}
