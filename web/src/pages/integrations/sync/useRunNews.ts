import { useEffect, useRef } from "react";
import { number, runSum } from "@/format/counts.ts";
import { timeInSentence } from "@/format/dates.ts";
import { runStateWords } from "@/format/words/runs.ts";
import { useClock } from "@/session/clock.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import { hasEnded, type Run } from "../run/fragments.ts";

/** Reads out how a run goes while it is followed: its start, each quarter, and that it waits. */
export function useRunNews(run: Run | undefined) {
  const clock = useClock();
  const said = useRef("");
  const isLive = run && !hasEnded(run);
  const news = isLive && newsOf(run, run.waitingUntil ? timeInSentence(run.waitingUntil, clock) : undefined);
  useEffect(() => {
    if (!news || news === said.current) return;
    said.current = news;
    announce(news);
  }, [news]);
}

/** Reads out once how a run that was followed ended, when all of its results are there. */
export function useEndNews(run: Run | undefined, wasFollowed: boolean, isFresh: boolean) {
  const hasSeenLive = useRef(wasFollowed);
  const isOver = run !== undefined && hasEnded(run);
  if (run && !isOver) hasSeenLive.current = true;
  useEffect(() => {
    if (!run || !isOver || !isFresh || !hasSeenLive.current) return;
    hasSeenLive.current = false;
    announce(`${runStateWords(run)}. ${runSum(run.counts, run.dryRun).sentence}`);
  }, [run, isOver, isFresh]);
}

function newsOf(run: Run, until: string | undefined): string {
  const { processed, selected } = runSum(run.counts);
  const state = runStateWords(run);
  if (until) return `Waiting for Clio until ${until}. It goes on by itself.`;
  const quarter = selected === 0 ? 0 : Math.floor((processed / selected) * 4) / 4;
  if (quarter === 0 || quarter === 1) return `${state}.`;
  return `${number(quarter * 100)} percent of ${number(selected)} watches looked at.`;
}
