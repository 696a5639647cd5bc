import type { ReactNode } from "react";
import { Actions } from "./Actions.tsx";
import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";
import { RightIcon } from "./icons.ts";
import styles from "./PageHead.module.css";

interface PageHeadProps {
  title: ReactNode;
  /** Below the title. */
  text?: ReactNode;
  actions?: ReactNode;
  /** Whether tabs follow. */
  isTabbed?: boolean;
}

/** The heading of a page, of level 1: it takes the focus when the page is opened by a link (app/focus.ts). */
export function PageHead({ title, text, actions, isTabbed = false }: PageHeadProps) {
  return (
    <div className={classes(styles.head, isTabbed && styles.isTabbed)}>
      <div>
        <h1 tabIndex={-1}>{title}</h1>
        {text && <p className={styles.text}>{text}</p>}
      </div>
      {actions && <Actions>{actions}</Actions>}
    </div>
  );
}

/** The way to this page: links to the pages above it, then its own name. */
export function Crumbs({ above, here }: { above: ReactNode; here: string }) {
  return (
    <nav className={styles.crumbs} aria-label="Above this page">
      {above}
      <Icon of={RightIcon} />
      <span aria-current="page">{here}</span>
    </nav>
  );
}
