import type { ReactNode } from "react";
import styles from "./StickyBar.module.css";

interface StickyBarProps {
  label: string;
  /** What is chosen, first of all. */
  title: ReactNode;
  text?: ReactNode;
  actions: ReactNode;
}

/** What is chosen and what to do with it, at the foot of the window for as long as the list is longer. */
export function StickyBar({ label, title, text, actions }: StickyBarProps) {
  return (
    <section className={styles.bar} aria-label={label}>
      <b>{title}</b>
      <span className={styles.text}>{text}</span>
      {actions}
    </section>
  );
}
