import { Link } from "@tanstack/react-router";
import { number } from "@/format/counts.ts";
import { type Clock, dateTimeInSentence, plannedTime } from "@/format/dates.ts";
import type { Round } from "@/format/rounds.ts";
import { useClock } from "@/session/clock.ts";
import type { Status } from "@/session/status.ts";
import { Actions } from "@/ui/Actions.tsx";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { ImportIcon, PreviewIcon, SyncIcon } from "@/ui/icons.ts";
import { Note } from "@/ui/Note.tsx";
import type { Run } from "../run/fragments.ts";
import type { useSyncAll } from "../run/useSyncAll.ts";
import styles from "./sync.module.css";

const mostAtOnce = 100;

interface IdleProps {
  status: Status;
  /** The newest round that wrote something, or tried to. */
  last: Round<Run> | undefined;
  sync: ReturnType<typeof useSyncAll>;
  onStart: (dryRun: boolean) => void;
}

/** What stands while no sync goes on: the last one, the next one, and how to start one. */
export function Idle({ status, last, sync, onStart }: IdleProps) {
  const clock = useClock();
  const { linkedWatches } = status;
  const isConnected = !["NOT_CONFIGURED", "NOT_CONNECTED"].includes(status.clioIntegration.state);
  return (
    <Card>
      <div className={styles.idle}>
        <div>
          <h2>{last ? `Last sync ${dateTimeInSentence(last.last.createdAt, clock)}` : "No sync yet"}</h2>
          <p>{isConnected ? sentences(status, last, clock) : "Clio is not connected. Nothing syncs until it is."}</p>
        </div>
        <Actions>
          {!isConnected ? (
            <ButtonLink look="main" to="/integrations/clio">
              To Clio
            </ButtonLink>
          ) : linkedWatches === 0 ? (
            <ButtonLink look="main" to="/integrations/matters" icon={ImportIcon}>
              Import from Clio
            </ButtonLink>
          ) : (
            <>
              <Button icon={PreviewIcon} isBusy={sync.isBusy} onClick={() => onStart(true)}>
                Preview
              </Button>
              <Button look="main" icon={SyncIcon} isBusy={sync.isBusy} onClick={() => onStart(false)}>
                Sync All Now
              </Button>
            </>
          )}
        </Actions>
      </div>
      {sync.problem && (
        <Note tone="danger" role="alert" title="No sync was started." className={styles.problem ?? ""}>
          {sync.problem}
        </Note>
      )}
      <Counts status={status} />
    </Card>
  );
}

function sentences(status: Status, last: Round<Run> | undefined, clock: Clock): string {
  const { linkedWatches, nextSyncAt } = status;
  if (linkedWatches === 0) return "No watch is linked to Clio yet.";
  const next = nextSyncAt ? `Next sync ${plannedTime(nextSyncAt, clock)}.` : "No sync is planned.";
  const most = linkedWatches > mostAtOnce ? `${mostAtOnce} at a time, longest waiting first.` : "";
  return [last && lookedAt(last), next, most].filter(Boolean).join(" ");
}

function lookedAt({ counts, last, stateWords, state }: Round<Run>): string {
  const { selected, updated, unchanged, missing, skipped, failed } = counts;
  const processed = updated + unchanged + missing + skipped + failed;
  if (state === "failed") return `${stateWords}. It changed nothing.`;
  const all = selected + last.remaining;
  return processed === all
    ? `It looked at all ${number(all)} linked watches.`
    : `It looked at ${number(processed)} of ${number(all)} linked watches.`;
}

function Counts({ status }: { status: Status }) {
  const { linkedWatches, openConflicts, clientChangedWatches, missingWatches } = status;
  return (
    <div className={styles.counts}>
      <Link to="/watches">
        <b>{number(linkedWatches)}</b>
        <span>linked {linkedWatches === 1 ? "watch" : "watches"}</span>
      </Link>
      <Link to="/integrations/conflicts" data-attention={openConflicts > 0 || undefined}>
        <b>{number(openConflicts)}</b>
        <span>{openConflicts === 1 ? "conflict" : "conflicts"}</span>
      </Link>
      <Link to="/watches" search={{ view: "client-changed" }} data-attention={clientChangedWatches > 0 || undefined}>
        <b>{number(clientChangedWatches)}</b>
        <span>client changed</span>
      </Link>
      <Link to="/watches" search={{ view: "missing" }} data-attention={missingWatches > 0 || undefined}>
        <b>{number(missingWatches)}</b>
        <span>not found in Clio</span>
      </Link>
    </div>
  );
}
