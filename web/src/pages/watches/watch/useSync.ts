import { useRef, useState } from "react";
import { useClient } from "urql";
import type { ResultOf, VariablesOf } from "@/api/graphql.ts";
import { syncAnnouncement } from "@/format/headline.ts";
import type { FieldOutcome } from "@/format/types.ts";
import { outcomeWords } from "@/format/words/runs.ts";
import { useClock } from "@/session/clock.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import { SyncWatch, UndoSyncRun } from "./mutations.ts";
import { type SyncFailure, syncFailure } from "./syncFailure.ts";
import { undoneSentence } from "./undone.ts";
import { problemOf } from "./useWatchActions.ts";

type Answer = NonNullable<ResultOf<typeof SyncWatch>["syncWatch"]>;

/** What a sync or preview on this page came to. */
export interface Outcome {
  isPreview: boolean;
  result: NonNullable<Answer["result"]>;
  run: NonNullable<Answer["run"]>;
  /** Whether it is not what the preview before it had said. */
  differs: boolean;
  /** After it was undone: what went back, and what stayed. */
  undone?: string;
}

type SyncedField = NonNullable<VariablesOf<typeof UndoSyncRun>["fields"]>[number];
type Asking = "sync" | "preview";

/** Syncs and previews one watch: what is asked now, and what came of it. It stays until the page is left, or somebody dismisses it. */
export function useSync(id: string) {
  const client = useClient();
  const clock = useClock();
  const [asking, setAsking] = useState<Asking>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [failure, setFailure] = useState<SyncFailure & { asked: Asking }>();
  const [isDismissed, setIsDismissed] = useState(false);
  const busy = useRef<Asking>(undefined);

  const ask = async (what: Asking) => {
    if (busy.current) return;
    busy.current = what;
    setAsking(what);
    setFailure(undefined);
    const dryRun = what === "preview";
    const { data, error } = await client.mutation(SyncWatch, { id, dryRun }).toPromise();
    busy.current = undefined;
    setAsking(undefined);
    const answer = data?.syncWatch;
    const failed = syncFailure(answer?.userErrors ?? [], error, clock);
    if (failed) return setFailure({ ...failed, asked: what });
    if (!answer?.result || !answer.run) return;
    const { result, run } = answer;
    const before = outcome?.isPreview ? outcome.result.fields : undefined;
    const differs = !dryRun && before !== undefined && !isSame(before, result.fields);
    setOutcome({ isPreview: dryRun, result, run, differs });
    setIsDismissed(false);
    announce(announcement(result, dryRun));
  };
  const undo = async (): Promise<string | undefined> => {
    if (!outcome) return undefined;
    const { data, error } = await client
      .mutation(UndoSyncRun, { id: outcome.run.id, watchId: null, fields: null })
      .toPromise();
    const problem = problemOf(data?.undoSyncRun, error);
    if (problem) return problem;
    const undone = undoneSentence(data?.undoSyncRun?.fields ?? []);
    setOutcome({ ...outcome, undone });
    announce(`The sync was undone. ${undone}`);
  };
  const putBack = async (field: string): Promise<string | undefined> => {
    if (!outcome) return undefined;
    const fields = [field as SyncedField];
    const { data, error } = await client.mutation(UndoSyncRun, { id: outcome.run.id, watchId: id, fields }).toPromise();
    return problemOf(data?.undoSyncRun, error);
  };
  /** Closes what a preview said, unless it is just being made true. */
  const closePreview = () => {
    if (busy.current === "sync") return;
    setOutcome((now) => (now?.isPreview ? undefined : now));
    setFailure((now) => (now?.asked === "preview" ? undefined : now));
  };
  const dismiss = () => {
    setIsDismissed(true);
    setFailure(undefined);
  };
  return { asking, outcome, failure, isDismissed, ask, undo, putBack, closePreview, dismiss };
}

export type Sync = ReturnType<typeof useSync>;

function isSame(before: readonly FieldOutcome[], after: readonly FieldOutcome[]): boolean {
  const told = (fields: readonly FieldOutcome[]) => JSON.stringify(fields.map((each) => [each.decision, each.after]));
  return told(before) === told(after);
}

function announcement({ outcome, fields, message }: Outcome["result"], isPreview: boolean): string {
  if (fields.length > 0) return syncAnnouncement(fields, isPreview);
  return [`${outcomeWords(outcome, message)}.`, message].filter(Boolean).join(" ");
}
