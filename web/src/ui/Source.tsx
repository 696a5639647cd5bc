import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";
import styles from "./Source.module.css";

interface SourceProps {
  tone?: "plain" | "local" | "attention" | "accent";
  icon?: LucideIcon;
  children: ReactNode;
}

/** Where a value comes from. */
export function Source({ tone = "plain", icon, children }: SourceProps) {
  return (
    <span className={classes(styles.source, tone !== "plain" && styles[tone])}>
      {icon && <Icon of={icon} />}
      <span>{children}</span>
    </span>
  );
}
