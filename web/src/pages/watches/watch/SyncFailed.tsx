import { useViewer } from "@/session/viewer.ts";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { ClockIcon } from "@/ui/icons.ts";
import { Note } from "@/ui/Note.tsx";
import styles from "./notes.module.css";
import type { SyncFailure } from "./syncFailure.ts";

interface SyncFailedProps {
  failure: SyncFailure;
  isBusy: boolean;
  onRetry: () => void;
}

/** Why a sync did nothing, and the way out. */
export function SyncFailed({ failure: { title, text, wayOut }, isBusy, onRetry }: SyncFailedProps) {
  const { isAdmin } = useViewer();
  return (
    <Note
      role="alert"
      tone="attention"
      {...(wayOut === "retry" && { icon: ClockIcon })}
      title={title}
      className={styles.note}
      action={
        wayOut === "retry" ? (
          <Button isBusy={isBusy} busyText="Asking Clio…" onClick={onRetry}>
            Try again
          </Button>
        ) : (
          wayOut === "connect" && isAdmin && <ButtonLink to="/integrations/clio">Connect Clio</ButtonLink>
        )
      }
    >
      {wayOut === "connect" && !isAdmin ? `${text} An administrator can connect it.` : text}
    </Note>
  );
}
