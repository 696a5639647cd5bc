import { useMemo, useRef, useState } from "react";
import { Button } from "@/ui/Button.tsx";
import { Card, CardFoot } from "@/ui/Card.tsx";
import { Empty, LoadFailed } from "@/ui/Empty.tsx";
import { announce } from "@/ui/LiveRegion.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import styles from "./History.module.css";
import { HistoryItem } from "./HistoryItem.tsx";
import { type HistoryEntry, historyEntries } from "./historyEntries.ts";
import { useHistory } from "./useHistory.ts";
import { useUndoRun } from "./useUndoRun.ts";

interface HistoryProps {
  watchId: string;
  /** Changes when the history may have more. */
  version: string;
  /** The number of the matter that the watch was imported from. */
  matter: string | null;
  /** Whether a sync can be undone here: the watch is active and linked. */
  canUndo: boolean;
}

/** Every change of a watch, by run or by save, newest first. */
export function History({ watchId, version, matter, canUndo }: HistoryProps) {
  const history = useHistory(watchId, version);
  const entries = useMemo(() => historyEntries(history.changes ?? []), [history.changes]);
  const list = useRef<HTMLOListElement>(null);
  const undoRun = useUndoRun(watchId);
  const [told, setTold] = useState<{ key: string; text: string }>();
  const undo = async (entry: HistoryEntry) => {
    const { problem, done } = await undoRun(entry);
    await history.reload();
    if (done) {
      setTold({ key: entry.key, text: done });
      announce(done);
    }
    return problem;
  };
  const showOlder = async () => {
    const shown = entries.length;
    await history.showOlder();
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) list.current?.querySelectorAll("h3")[shown]?.focus();
    });
  };
  return (
    <Card title="History">
      {!history.changes && !history.problem && <SkeletonRows rows={4} />}
      {history.problem && <LoadFailed what="The history" reason={history.problem} onRetry={history.reload} />}
      {history.changes?.length === 0 && <Empty title="Nothing has changed yet" />}
      {entries.length > 0 && (
        <ol className={styles.entries} ref={list}>
          {entries.map((entry) => (
            <HistoryItem
              key={entry.key}
              entry={entry}
              matter={matter}
              canUndo={canUndo && entry.canUndo}
              told={told?.key === entry.key ? told.text : undefined}
              onUndo={() => undo(entry)}
            />
          ))}
        </ol>
      )}
      {history.hasOlder && (
        <CardFoot>
          <Button isSmall isBusy={history.isLoadingOlder} busyText="Loading…" onClick={showOlder}>
            Show older
          </Button>
        </CardFoot>
      )}
    </Card>
  );
}
