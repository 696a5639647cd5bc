import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";
import { ErrorIcon, InfoIcon, OkIcon, WarningIcon } from "./icons.ts";
import styles from "./Note.module.css";

const icons = { plain: InfoIcon, ok: OkIcon, attention: WarningIcon, accent: InfoIcon, danger: ErrorIcon };

interface NoteProps {
  /** What it is about: attention has something to look at or decide, danger failed or will be lost. */
  tone?: keyof typeof icons;
  /** In place of the tone's icon. */
  icon?: LucideIcon;
  title?: ReactNode;
  children?: ReactNode;
  /** The way out. */
  action?: ReactNode;
  /** alert is read out at once: for what went wrong after a press. */
  role?: "alert" | "status";
  className?: string;
}

/** A message in its place on the page, where what it is about stands. */
export function Note({ tone = "plain", icon, title, children, action, role, className }: NoteProps) {
  return (
    <div role={role} className={classes(styles.note, tone !== "plain" && styles[tone], className)}>
      <Icon of={icon ?? icons[tone]} className={styles.icon} />
      <div>
        {title !== undefined && <h2 className={styles.title}>{title}</h2>}
        {children !== undefined && <p>{children}</p>}
      </div>
      {action}
    </div>
  );
}
