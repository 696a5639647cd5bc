import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type Clock, dateTime, dateTimeInSentence } from "@/format/dates.ts";
import { durationBetween } from "@/format/durations.ts";
import { triggerWords } from "@/format/words/runs.ts";
import { resolutionWords } from "@/format/words/settings.ts";
import { useClock } from "@/session/clock.ts";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { DownloadIcon, RightIcon, SyncIcon, UndoIcon } from "@/ui/icons.ts";
import { Note } from "@/ui/Note.tsx";
import { Crumbs, PageHead } from "@/ui/PageHead.tsx";
import { downloadCsv } from "./download.ts";
import { hasEnded, type Result, type Run } from "./fragments.ts";
import styles from "./run.module.css";
import { RunMark } from "./StateMark.tsx";
import { useSyncAll } from "./useSyncAll.ts";

/** What a run is called: "Sync of today, 10:42 AM". */
export function runTitle(run: Run, clock: Clock): string {
  return `${run.dryRun ? "Preview" : "Sync"} of ${dateTimeInSentence(run.createdAt, clock)}`;
}

/** The heading of a run: when, how it ended, who started it, and what can be done. */
export function RunHead({ run, results, onUndo }: { run: Run; results: readonly Result[]; onUndo: () => void }) {
  const clock = useClock();
  const navigate = useNavigate();
  const sync = useSyncAll();
  const next = async () => {
    const payload = await sync.start(run.dryRun);
    if (payload?.run) {
      navigate({ to: "/integrations/sync", state: { startedRun: payload.run.id, isJoined: payload.alreadyRunning } });
    }
  };
  return (
    <div>
      <Crumbs above={<Above />} here={dateTime(run.createdAt, clock)} />
      <PageHead
        title={
          <>
            {runTitle(run, clock)}{" "}
            <span className={styles.state}>
              <RunMark run={run} />
            </span>
          </>
        }
        text={story(run)}
        actions={
          <>
            {results.length > 0 && (
              <Button icon={DownloadIcon} onClick={() => downloadCsv(run, results)}>
                Download CSV
              </Button>
            )}
            {run.canUndo && (
              <Button icon={UndoIcon} onClick={onUndo}>
                Undo this sync
              </Button>
            )}
            <Next run={run} isBusy={sync.isBusy} onNext={next} />
          </>
        }
      />
      {sync.problem && (
        <Note tone="danger" role="alert" title="No sync was started.">
          {sync.problem}
        </Note>
      )}
    </div>
  );
}

function Above(): ReactNode {
  return (
    <>
      <Link to="/integrations">Integrations</Link>
      <Icon of={RightIcon} />
      <Link to="/integrations/sync">Sync</Link>
    </>
  );
}

/** The next part of the round; after a failure, another try. */
function Next({ run, isBusy, onNext }: { run: Run; isBusy: boolean; onNext: () => void }) {
  if (!hasEnded(run) || run.scope !== "ALL") return null;
  const hasFailed = run.status === "FAILED";
  if (!hasFailed && (run.remaining === 0 || run.dryRun)) return null;
  return (
    <Button look="main" icon={SyncIcon} isBusy={isBusy} onClick={onNext}>
      {hasFailed ? "Try again" : `Sync next ${Math.min(run.remaining, 100)}`}
    </Button>
  );
}

function story(run: Run): string {
  const who = triggerWords(run.trigger, run.requestedBy?.name);
  const by =
    run.trigger === "LOGIN" ? `Started as ${who}` : `Started by ${run.trigger === "SCHEDULE" ? "the schedule" : who}`;
  const took = durationBetween(run.startedAt, run.finishedAt);
  return `${by}${took && `, took ${took}`}. Conflict resolution: ${resolutionWords(run.conflictResolution)}.`;
}
