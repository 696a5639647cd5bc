import { useClient } from "urql";
import type { HistoryEntry } from "./historyEntries.ts";
import { UndoSyncRun } from "./mutations.ts";
import { undoneSentence } from "./undone.ts";
import { problemOf } from "./useWatchActions.ts";

/** Undoes what a sync changed of this watch; a sync of this watch alone counts as undone then. */
export function useUndoRun(watchId: string) {
  const client = useClient();
  return async ({ run }: HistoryEntry): Promise<{ problem?: string; done?: string }> => {
    if (!run) return {};
    const variables = { id: run.id, watchId: run.scope === "WATCH" ? null : watchId, fields: null };
    const { data, error } = await client.mutation(UndoSyncRun, variables).toPromise();
    const problem = problemOf(data?.undoSyncRun, error);
    return problem ? { problem } : { done: undoneSentence(data?.undoSyncRun?.fields ?? []) };
  };
}
