import { getRouteApi, useLocation, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { reasonOf } from "@/api/errors.ts";
import { number } from "@/format/counts.ts";
import { lastFirst } from "@/format/names.ts";
import { useClock } from "@/session/clock.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { Card, CardBody } from "@/ui/Card.tsx";
import { Empty, LoadFailed } from "@/ui/Empty.tsx";
import { PageHead } from "@/ui/PageHead.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import type { Result, Run } from "./run/fragments.ts";
import { Results } from "./run/Results.tsx";
import { RunHead, runTitle } from "./run/RunHead.tsx";
import { RunNotes } from "./run/RunNotes.tsx";
import styles from "./run/run.module.css";
import { Sum } from "./run/Sum.tsx";
import { UndoDialog } from "./run/UndoDialog.tsx";
import { useRun } from "./run/useRun.ts";
import { useEndNews, useRunNews } from "./sync/useRunNews.ts";

const route = getRouteApi("/app/integrations/runs/$id");

/** A run: how it ended, its sum, and what it did with each watch. */
export function RunPage() {
  const { id } = route.useParams();
  const { endedRun } = useLocation().state;
  const { run, results, error, isLoading, isFresh, reload } = useRun(id);
  useRunNews(run);
  useEndNews(run, endedRun === id, isFresh);
  if (run) return <OneRun key={id} run={run} results={results} />;
  return (
    <>
      <Title>Sync</Title>
      <PageHead title="Sync" />
      <Card>
        {isLoading ? (
          <SkeletonRows rows={4} />
        ) : error ? (
          <LoadFailed what="The sync" reason={reasonOf(error)} onRetry={reload} />
        ) : (
          <Empty title="This sync does not exist" actions={<ButtonLink to="/integrations/runs">All syncs</ButtonLink>}>
            It does not exist, or is not your firm’s.
          </Empty>
        )}
      </Card>
    </>
  );
}

function OneRun({ run, results }: { run: Run; results: readonly Result[] }) {
  const clock = useClock();
  const navigate = useNavigate();
  const { undo } = route.useSearch();
  const [ofWatch, setOfWatch] = useState<NonNullable<Result["watch"]>>();
  const [undone, setUndone] = useState<string>();
  const ask = (isAsked: boolean) =>
    navigate({
      to: "/integrations/runs/$id",
      params: { id: run.id },
      search: isAsked ? { undo: 1 } : {},
      replace: true,
      resetScroll: false,
    });
  const title = runTitle(run, clock);
  const close = () => {
    setOfWatch(undefined);
    if (undo) ask(false);
  };
  return (
    <div className={styles.page}>
      <Title>{title}</Title>
      <RunHead run={run} results={results} onUndo={() => ask(true)} />
      <RunNotes run={run} undone={undone} />
      <Card>
        <CardBody className={styles.sumCard}>
          <Sum run={run} />
          {run.remaining > 0 && (
            <p className="mut">
              {number(run.remaining)} linked {run.remaining === 1 ? "watch is" : "watches are"} still waiting for their
              turn.
            </p>
          )}
        </CardBody>
      </Card>
      <Results run={run} results={results} onUndo={(result) => setOfWatch(result.watch ?? undefined)} />
      {(ofWatch || (undo && run.canUndo)) && (
        <UndoDialog
          runId={run.id}
          watchId={ofWatch?.id}
          title={ofWatch ? `Undo what the sync changed of ${lastFirst(ofWatch)}?` : `Undo the s${title.slice(1)}?`}
          onClose={close}
          onDone={(summary) => {
            setUndone(summary);
            close();
          }}
        />
      )}
    </div>
  );
}
