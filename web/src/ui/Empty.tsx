import type { ReactNode } from "react";
import { Actions } from "./Actions.tsx";
import { Button } from "./Button.tsx";
import styles from "./Empty.module.css";

interface EmptyProps {
  title: ReactNode;
  /** Whether it is all that the page has: then its title is the page's heading. */
  isPage?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
}

/** What stands where there is nothing to show: why, and what to do. */
export function Empty({ title, isPage = false, children, actions }: EmptyProps) {
  const Heading = isPage ? "h1" : "h2";
  return (
    <div className={styles.empty}>
      <Heading className={styles.title}>{title}</Heading>
      {children && <p>{children}</p>}
      {actions && <Actions className={styles.actions}>{actions}</Actions>}
    </div>
  );
}

interface LoadFailedProps {
  /** What could not be loaded: "The matters". */
  what: string;
  reason: string;
  isPage?: boolean;
  onRetry: () => void;
}

/** What stands where a part of a page could not be loaded. The rest stays. */
export function LoadFailed({ what, reason, isPage = false, onRetry }: LoadFailedProps) {
  return (
    <Empty isPage={isPage} title={`${what} could not be loaded`} actions={<Button onClick={onRetry}>Try again</Button>}>
      {reason}
    </Empty>
  );
}
