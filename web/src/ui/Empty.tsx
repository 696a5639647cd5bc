import type { ReactNode } from "react";
import { Actions } from "./Actions.tsx";
import { Button } from "./Button.tsx";
import styles from "./Empty.module.css";

interface EmptyProps {
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}

/** What stands where there is nothing to show: why, and what to do. */
export function Empty({ title, children, actions }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <h2 className={styles.title}>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <Actions className={styles.actions}>{actions}</Actions>}
    </div>
  );
}

interface LoadFailedProps {
  /** What could not be loaded: "The matters". */
  what: string;
  reason: string;
  onRetry: () => void;
}

/** What stands where a part of a page could not be loaded. The rest stays. */
export function LoadFailed({ what, reason, onRetry }: LoadFailedProps) {
  return (
    <Empty title={`${what} could not be loaded`} actions={<Button onClick={onRetry}>Try again</Button>}>
      {reason}
    </Empty>
  );
}
