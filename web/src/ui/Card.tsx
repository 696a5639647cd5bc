import { type ReactNode, useId } from "react";
import styles from "./Card.module.css";
import { classes } from "./classes.ts";

interface CardProps {
  /** The heading; a card without one is not a region. */
  title?: ReactNode;
  /** Beside the heading. */
  actions?: ReactNode;
  className?: string | undefined;
  children?: ReactNode;
}

/** A part of a page, with a heading of level 2. CardBody has its padding. */
export function Card({ title, actions, className, children }: CardProps) {
  const id = useId();
  if (title === undefined) return <div className={classes(styles.card, className)}>{children}</div>;
  return (
    <section className={classes(styles.card, className)} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** The padded inside of a card. */
export function CardBody({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return <div className={classes(styles.body, className)}>{children}</div>;
}

/** The last line of a card: of a list, where one is in it, and the buttons to other pages. */
export function CardFoot({ children }: { children: ReactNode }) {
  return <div className={styles.foot}>{children}</div>;
}
