import { useEffect, useRef } from "react";
import { number, runSum } from "@/format/counts.ts";
import { timeInSentence } from "@/format/dates.ts";
import { runStateWords } from "@/format/words/runs.ts";
import { useClock } from "@/session/clock.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import { hasEnded, type Run } from "../run/fragments.ts";

/** Reads out how a run that is followed goes: its start, each quarter, that it waits, and its end. */
export function useRunNews(run: Run | undefined) {
  const clock = useClock();
  const said = useRef("");
  const news = run && newsOf(run, run.waitingUntil ? timeInSentence(run.waitingUntil, clock) : undefined);
  useEffect(() => {
    if (!news || news === said.current) return;
    said.current = news;
    announce(news);
  }, [news]);
}

function newsOf(run: Run, until: string | undefined): string {
  const { processed, selected, sentence } = runSum(run.counts, run.dryRun);
  const state = runStateWords(run);
  if (hasEnded(run)) return `${state}. ${sentence}`;
  if (until) return `Waiting for Clio until ${until}. It goes on by itself.`;
  const quarter = selected === 0 ? 0 : Math.floor((processed / selected) * 4) / 4;
  if (quarter === 0 || quarter === 1) return `${state}.`;
  return `${number(quarter * 100)} percent of ${number(selected)} watches looked at.`;
}
