import { useState } from "react";
import { type CombinedError, useClient } from "urql";
import { reasonOf, type UserError } from "@/api/errors.ts";
import type { VariablesOf } from "@/api/graphql.ts";
import { fieldText } from "@/format/values.ts";
import { userErrorWords } from "@/format/words/errors.ts";
import { fieldLabel } from "@/format/words/fields.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import { toast } from "@/ui/toasts.tsx";
import * as mutations from "./mutations.ts";
import { type FieldFacts, fieldKeys, type OpenConflict, type RowField } from "./rows.ts";

/** What an action came to: nothing where it was done, else in words why it wasn't. */
export type Problem = string | undefined;

type SyncedField = VariablesOf<typeof mutations.TakeClioValues>["fields"][number];
type Choice = VariablesOf<typeof mutations.SettleConflict>["resolution"];

interface Answer {
  userErrors: readonly UserError[];
}

/** Why a change was not made, in words; undefined where it was. */
export function problemOf(answer: Answer | null | undefined, error: CombinedError | undefined): Problem {
  if (error) return reasonOf(error);
  const [problem] = answer?.userErrors ?? [];
  return problem && userErrorWords(problem);
}

/** What somebody can do with a watch, beside syncing it. Each action resolves to why it was not done. */
export function useWatchActions(id: string, name: string) {
  const client = useClient();
  const [undoProblem, setUndoProblem] = useState<string>();

  /** Takes back what a toast told of. The toast is gone by then: what goes wrong is told on the page, and read out. */
  const undo = async (act: () => Promise<Problem>) => {
    const problem = await act();
    setUndoProblem(problem && `It could not be undone. ${problem}`);
    if (problem) announce(problem, "assertive");
  };

  const putBack = async (facts: FieldFacts, ifVersion: string): Promise<Problem> => {
    const input = { [fieldKeys[facts.field as RowField]]: facts.value };
    const { data, error } = await client.mutation(mutations.PutBackValue, { id, input, ifVersion }).toPromise();
    return problemOf(data?.updateWatch, error);
  };
  const takeClio = async (facts: FieldFacts): Promise<Problem> => {
    const fields = [facts.field as SyncedField];
    const { data, error } = await client.mutation(mutations.TakeClioValues, { id, fields }).toPromise();
    const problem = problemOf(data?.takeClioValues, error);
    const version = data?.takeClioValues?.watch?.version;
    if (problem || !version) return problem;
    const done = `${fieldLabel(facts.field)} is now ${fieldText(facts.field, facts.clio)}, as in Clio.`;
    toast(done, () => undo(() => putBack(facts, version)));
  };
  const settle = async (conflict: OpenConflict, resolution: Choice): Promise<Problem> => {
    const ids = [conflict.id];
    const { data, error } = await client.mutation(mutations.SettleConflict, { ids, resolution }).toPromise();
    const problem = problemOf(data?.resolveSyncConflicts, error);
    if (!problem) announce(resolution === "LOCAL" ? "Settled: ours stays." : "Settled: Clio’s value is used.");
    return problem;
  };
  const confirmClient = async (contactId: string): Promise<Problem> => {
    const { data, error } = await client.mutation(mutations.ConfirmClient, { id, contactId }).toPromise();
    return problemOf(data?.confirmClioClient, error);
  };
  const archive = async (): Promise<Problem> => {
    const { data, error } = await client.mutation(mutations.ArchiveWatch, { id }).toPromise();
    const problem = problemOf(data?.archiveWatch, error);
    if (!problem) toast(`Archived the watch on ${name}.`, () => undo(unarchiveOnly));
    return problem;
  };
  const unarchiveOnly = async (): Promise<Problem> => {
    const { data, error } = await client.mutation(mutations.UnarchiveWatch, { id }).toPromise();
    return problemOf(data?.unarchiveWatch, error);
  };
  const unarchive = async (): Promise<Problem> => {
    const problem = await unarchiveOnly();
    if (!problem) toast(`The watch on ${name} is active again.`, () => undo(archiveOnly));
    return problem;
  };
  const archiveOnly = async (): Promise<Problem> => {
    const { data, error } = await client.mutation(mutations.ArchiveWatch, { id }).toPromise();
    return problemOf(data?.archiveWatch, error);
  };
  const unlink = async (): Promise<Problem> => {
    const { data, error } = await client.mutation(mutations.UnlinkWatch, { id }).toPromise();
    const problem = problemOf(data?.unlinkWatch, error);
    if (!problem) announce("Unlinked from Clio. The values stay.");
    return problem;
  };
  const remove = async (): Promise<Problem> => {
    const { data, error } = await client.mutation(mutations.DeleteWatch, { id }).toPromise();
    const problem = problemOf(data?.deleteWatch, error);
    if (!problem) announce(`Deleted the watch on ${name}.`);
    return problem;
  };
  return { takeClio, settle, confirmClient, archive, unarchive, unlink, remove, undoProblem };
}

export type WatchActions = ReturnType<typeof useWatchActions>;
