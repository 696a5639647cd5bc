import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { reasonOf } from "@/api/errors.ts";
import { useStatus } from "@/session/status.ts";
import { Card } from "@/ui/Card.tsx";
import { Empty, LoadFailed } from "@/ui/Empty.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import { hasEnded } from "./run/fragments.ts";
import { useRun } from "./run/useRun.ts";
import { useSyncAll } from "./run/useSyncAll.ts";
import { RoundsTable } from "./runs/RoundsTable.tsx";
import { Idle } from "./sync/Idle.tsx";
import { LiveRun } from "./sync/LiveRun.tsx";
import { SyncSettings } from "./sync/SyncSettings.tsx";
import styles from "./sync/sync.module.css";
import { usePastSyncs } from "./sync/usePastSyncs.ts";
import { useRunNews } from "./sync/useRunNews.ts";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The run that this user has just started on another page. */
    startedRun?: string;
    /** Whether somebody had started it already. */
    isJoined?: boolean;
    /** The run that was followed to its end. */
    endedRun?: string;
  }
}

/** Syncs of all watches: the one that goes on or the last one, those before, and the settings. */
export function SyncPage() {
  return (
    <>
      <Title>Sync</Title>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Now />
          <PastSyncs />
        </div>
        <SyncSettings />
      </div>
    </>
  );
}

/** The run that goes on, and when it ends its page; else how to start one. */
function Now() {
  const status = useStatus();
  const navigate = useNavigate();
  const { startedRun, isJoined } = useLocation().state;
  const [joined, setJoined] = useState(isJoined ? startedRun : undefined);
  const [followed, setFollowed] = useState(startedRun ?? status?.currentRun?.id);
  const current = status?.currentRun?.id;
  useEffect(() => {
    if (current) setFollowed(current);
  }, [current]);
  const { run, results, error, reload } = useRun(followed);
  useRunNews(run);
  const sync = useSyncAll();
  const start = async (dryRun: boolean) => {
    const payload = await sync.start(dryRun);
    if (!payload?.run) return;
    if (payload.alreadyRunning) setJoined(payload.run.id);
    setFollowed(payload.run.id);
  };
  const ended = run && hasEnded(run) ? run : undefined;
  useEffect(() => {
    if (!ended) return;
    setFollowed(undefined);
    // Other rounds than a person's continue by themselves.
    const isOver = ended.trigger === "MANUAL" || ended.remaining === 0 || ended.status !== "SUCCEEDED";
    if (!isOver) return;
    navigate({
      to: "/integrations/runs/$id",
      params: { id: ended.id },
      state: { endedRun: ended.id },
      replace: ended.id === startedRun, // or the way back would lead here, and on again
    });
  }, [ended, startedRun, navigate]);
  const { last } = usePastSyncs();
  if (!status) return <SkeletonRows rows={3} />;
  if (run && !ended) return <LiveRun run={run} results={results} isJoined={joined === run.id} />;
  if (followed && error) {
    return (
      <Card>
        <LoadFailed what="The sync" reason={reasonOf(error)} onRetry={reload} />
      </Card>
    );
  }
  if (followed) return <SkeletonRows rows={3} />;
  return <Idle status={status} last={last} sync={sync} onStart={start} />;
}

function PastSyncs() {
  const { rounds, error, reload } = usePastSyncs();
  return (
    <Card
      title="Past syncs"
      actions={
        <Link className="small" to="/integrations/runs">
          All syncs
        </Link>
      }
    >
      {!rounds && error && <LoadFailed what="Past syncs" reason={reasonOf(error)} onRetry={reload} />}
      {!rounds && !error && <SkeletonRows rows={4} />}
      {rounds?.length === 0 && <Empty title="No sync yet">Each one is listed here, with what it changed.</Empty>}
      {rounds && rounds.length > 0 && <RoundsTable rounds={rounds} label="Past syncs" />}
    </Card>
  );
}
