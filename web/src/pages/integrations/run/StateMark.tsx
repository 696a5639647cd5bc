import type { LucideIcon } from "lucide-react";
import { type RunState, type RunStatus, runState, runStateWords } from "@/format/words/runs.ts";
import {
  ClockIcon,
  ErrorIcon,
  InfoIcon,
  OkIcon,
  PreviewIcon,
  StopIcon,
  SyncIcon,
  UndoIcon,
  WarningIcon,
} from "@/ui/icons.ts";
import { Mark, type Tone } from "@/ui/Mark.tsx";

const looks: Record<RunState, readonly [Tone, LucideIcon]> = {
  queued: ["plain", ClockIcon],
  running: ["accent", SyncIcon],
  done: ["ok", OkIcon],
  partial: ["attention", WarningIcon],
  failed: ["danger", ErrorIcon],
  stopped: ["plain", StopIcon],
  undone: ["plain", UndoIcon],
  preview: ["plain", PreviewIcon],
  unknown: ["plain", InfoIcon],
};

/** A state of a run or a round, in its words. */
export function StateMark({ state, words }: { state: RunState; words: string }) {
  const [tone, icon] = looks[state];
  return (
    <Mark tone={tone} icon={icon}>
      {words}
    </Mark>
  );
}

/** The state of one run. */
export function RunMark({ run }: { run: RunStatus }) {
  return <StateMark state={runState(run)} words={runStateWords(run)} />;
}
