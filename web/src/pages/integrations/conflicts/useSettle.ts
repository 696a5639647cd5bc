import { useState } from "react";
import { useMutation } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import { type Choices, tally, tallyWords } from "./choices.ts";

const SettleConflicts = graphql(`
  mutation SettleConflicts($ids: [ID!]!, $resolution: ConflictChoice!) {
    resolveSyncConflicts(ids: $ids, resolution: $resolution) {
      resolvedIds
      watches {
        id
        firstName
        lastName
        dateOfBirth
        city
        state
        caseNumber
        assignedTo
        caseType
        dateOfInterest
        version
        updatedAt
        syncedFields { field value clio origin editedAt editedBy { id name } }
        conflicts { id }
      }
      userErrors { code message path }
    }
  }
`);

/** How it went: what was settled, and the problem of what was not. */
export interface Settled {
  text: string;
  problem?: string;
}

/** Settles conflicts as chosen: what moved meanwhile stays open. */
export function useSettle() {
  const [, settle] = useMutation(SettleConflicts);
  const [isBusy, setIsBusy] = useState(false);
  const save = async (choices: Choices): Promise<{ settled: Settled; resolvedIds: string[] }> => {
    setIsBusy(true);
    const resolvedIds: string[] = [];
    let problem: string | undefined;
    for (const resolution of ["LOCAL", "CLIO"] as const) {
      const ids = [...choices].filter(([, choice]) => choice === resolution).map(([id]) => id);
      if (ids.length === 0) continue;
      const { data, error } = await settle({ ids, resolution });
      const payload = data?.resolveSyncConflicts;
      resolvedIds.push(...(payload?.resolvedIds ?? []));
      const other = payload?.userErrors.find((each) => each.code !== "CONFLICT" && each.code !== "NOT_FOUND");
      problem ??= error ? reasonOf(error) : other?.message;
    }
    setIsBusy(false);
    const done = new Map([...choices].filter(([id]) => resolvedIds.includes(id)));
    const text = done.size > 0 ? `${done.size} settled: ${tallyWords(tally(done))}.` : "Nothing was settled.";
    return { settled: problem === undefined ? { text } : { text, problem }, resolvedIds };
  };
  return { save, isBusy };
}
