import { dateTimeInSentence } from "@/format/dates.ts";
import { sentence } from "@/format/text.ts";
import { problemWords } from "@/format/words/runs.ts";
import { useClock } from "@/session/clock.ts";
import { Note } from "@/ui/Note.tsx";
import type { Run } from "./fragments.ts";

/** What is to be known of a run before its results: what went wrong, that it was undone, that it only was a preview. */
export function RunNotes({ run, undone }: { run: Run; undone: string | undefined }) {
  const clock = useClock();
  const hasProblem = run.problem !== null || run.problemCode !== null;
  const changed = run.counts.updated > 0;
  return (
    <>
      {hasProblem && (
        <Note
          tone={run.status === "FAILED" ? "danger" : "attention"}
          title={sentence(problemWords(run.problemCode ?? "", { status: run.status, message: run.problem }))}
        >
          {run.problemCode && run.problem} {!changed && "Nothing was changed."}
        </Note>
      )}
      {(run.undoneAt || undone) && (
        <Note tone="ok" title="Undone">
          {run.undoneAt && `${run.undoneBy?.name ?? "Somebody"} undid it ${dateTimeInSentence(run.undoneAt, clock)}. `}
          {undone}
        </Note>
      )}
      {run.dryRun && <Note title="Preview">Nothing has been changed. This is what a sync would have done.</Note>}
    </>
  );
}
