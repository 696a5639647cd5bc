import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { ResultOf } from "@/api/graphql.ts";
import { firstLast } from "@/format/names.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import { Note } from "@/ui/Note.tsx";
import { Title } from "@/ui/Title.tsx";
import { ClioMatterCard } from "./ClioMatterCard.tsx";
import { FieldCards } from "./FieldCards.tsx";
import { focusSyncButton } from "./focus.ts";
import { History } from "./History.tsx";
import { LinkProblem } from "./LinkProblem.tsx";
import notes from "./notes.module.css";
import { OnlyHereCard } from "./OnlyHereCard.tsx";
import type { Marks } from "./rows.ts";
import { SyncCard } from "./SyncCard.tsx";
import { SyncFailed } from "./SyncFailed.tsx";
import { useSync } from "./useSync.ts";
import { useWatchActions } from "./useWatchActions.ts";
import { WatchActionBar, WatchDialogs } from "./WatchActionBar.tsx";
import { WatchHead } from "./WatchHead.tsx";
import styles from "./WatchView.module.css";
import type { WatchPageFields } from "./watchFields.ts";

interface WatchViewProps {
  watch: ResultOf<typeof WatchPageFields>;
  /** Whether the address asks for a preview. */
  isPreview: boolean;
}

/** One watch: its fields, which a sync marks; its matter in Clio; what is only here; its history. */
export function WatchView({ watch, isPreview }: WatchViewProps) {
  const { id } = watch;
  const name = firstLast(watch);
  const isArchived = watch.status === "ARCHIVED";
  const link = watch.clioLink;
  const isLinked = link !== null;
  const sync = useSync(id);
  const actions = useWatchActions(id, name);
  const [question, setQuestion] = useState<"delete" | "unlink">();
  const [problem, setProblem] = useState<string>();
  const [confirmed, setConfirmed] = useState<string>();
  const preview = usePreview(id, isPreview, sync);
  const { outcome, failure } = sync;
  const marks = useMemo<Marks | undefined>(
    () =>
      outcome && isLinked && !outcome.undone
        ? { fields: outcome.result.fields, isPreview: outcome.isPreview }
        : undefined,
    [outcome, isLinked],
  );
  const currentValue = (field: string) => watch[identityKeys[field] ?? "firstName"];
  const confirm = async (contactId: string, client: string) => {
    const found = await actions.confirmClient(contactId);
    if (!found) {
      setConfirmed(`Later syncs take name, birth date, city and state from ${client}.`);
      announce(`It is the same person. Later syncs take name, birth date, city and state from ${client}.`);
      document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }
    return found;
  };
  const shownProblem = problem ?? actions.undoProblem;
  return (
    <>
      <Title>{name}</Title>
      <WatchHead
        watch={watch}
        actions={
          <WatchActionBar
            id={id}
            isLinked={isLinked}
            isArchived={isArchived}
            sync={sync}
            actions={actions}
            onSync={() => {
              setConfirmed(undefined);
              preview.syncNow();
            }}
            onPreview={preview.open}
            onUnlink={() => setQuestion("unlink")}
            onDelete={() => setQuestion("delete")}
            onProblem={setProblem}
          />
        }
      />
      {shownProblem && (
        <Note tone="danger" role="alert" className={notes.note}>
          {shownProblem}
        </Note>
      )}
      {isArchived && (
        <Note title="This watch is archived" className={notes.note}>
          It is not synced and cannot be edited until it is unarchived.
        </Note>
      )}
      {failure && (
        <SyncFailed failure={failure} isBusy={sync.asking !== undefined} onRetry={() => sync.ask(failure.asked)} />
      )}
      {outcome && link && !sync.isDismissed && (
        <SyncCard
          outcome={outcome}
          sync={sync}
          currentValue={currentValue}
          canChange={!isArchived}
          onSyncNow={preview.syncNow}
          onClose={() => {
            if (outcome.isPreview) preview.close();
            else sync.dismiss();
            focusSyncButton();
          }}
        />
      )}
      {confirmed && link?.state === "LINKED" && (
        <Note tone="ok" title="It is the same person" className={notes.note}>
          {confirmed}
        </Note>
      )}
      <LinkProblem
        watch={watch}
        onConfirm={confirm}
        onUnlink={() => setQuestion("unlink")}
        isToldBySync={outcome?.result.outcome === "MISSING" && !sync.isDismissed}
      />
      <div className={styles.columns}>
        <div className={styles.stack}>
          <FieldCards
            watch={watch}
            marks={marks}
            markedAt={outcome?.run.finishedAt ?? undefined}
            actions={{ takeClio: actions.takeClio, settle: actions.settle }}
          />
          <History watchId={id} version={watch.version} matter={watch.caseNumber} canUndo={isLinked && !isArchived} />
        </div>
        <aside className={styles.stack} aria-label="About this watch">
          <ClioMatterCard watch={watch} />
          <OnlyHereCard watch={watch} />
        </aside>
      </div>
      <WatchDialogs
        name={name}
        isArchived={isArchived}
        question={question}
        actions={actions}
        onClose={() => setQuestion(undefined)}
        onProblem={setProblem}
      />
    </>
  );
}

/** The fields by which obituaries are matched. */
const identityKeys: Record<string, "firstName" | "lastName" | "dateOfBirth" | "state"> = {
  FIRST_NAME: "firstName",
  LAST_NAME: "lastName",
  DATE_OF_BIRTH: "dateOfBirth",
  STATE: "state",
};

/** The preview, which the address asks for: it is made anew when the page is loaded again, and ends with the address. */
function usePreview(id: string, isPreview: boolean, sync: ReturnType<typeof useSync>) {
  const navigate = useNavigate();
  const follow = useEffectEvent((isOn: boolean) => {
    if (isOn) sync.ask("preview");
    else sync.closePreview();
  });
  useEffect(() => follow(isPreview), [isPreview]);
  const leave = () => {
    if (isPreview) navigate({ to: "/watches/$id", params: { id }, search: {}, replace: true, resetScroll: false });
  };
  return {
    open: () => {
      if (isPreview) sync.ask("preview");
      else navigate({ to: "/watches/$id", params: { id }, search: { preview: 1 }, resetScroll: false });
    },
    close: () => {
      sync.closePreview();
      leave();
    },
    syncNow: () => {
      sync.ask("sync");
      leave();
    },
  };
}
