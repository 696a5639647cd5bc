import type { ReactNode } from "react";
import { useIsOffline } from "@/api/online.ts";
import { type Clock, dateTimeInSentence } from "@/format/dates.ts";
import { problemWords } from "@/format/words/runs.ts";
import { useClock } from "@/session/clock.ts";
import { type Status, useStatus } from "@/session/status.ts";
import { useViewer } from "@/session/viewer.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { ClockIcon } from "@/ui/icons.ts";
import { Note } from "@/ui/Note.tsx";

/** What is wrong, on every page: at most one thing, the gravest. */
export function Notice({ className }: { className?: string | undefined }) {
  const status = useStatus();
  const clock = useClock();
  const { isAdmin } = useViewer();
  const isOffline = useIsOffline();
  const found = isOffline ? <Offline /> : status && gravest(status, clock, isAdmin);
  return found ? <div className={className}>{found}</div> : null;
}

function gravest(status: Status, clock: Clock, isAdmin: boolean): ReactNode {
  const { clioIntegration: clio, lastRun } = status;
  const since = clio.problemSince ? ` since ${dateTimeInSentence(clio.problemSince, clock)}` : "";
  if (clio.state === "NEEDS_RECONNECT") {
    return (
      <Note
        tone="attention"
        title="Clio needs you to connect again"
        action={
          isAdmin && (
            <ButtonLink look="main" to="/integrations/clio">
              Reconnect Clio
            </ButtonLink>
          )
        }
      >
        {clio.problem ?? `Clio ended the connection${since}.`} Watches keep their values. Nothing syncs until an
        administrator reconnects.
      </Note>
    );
  }
  if (clio.state === "UNREACHABLE") {
    return (
      <Note icon={ClockIcon} title={`Clio is not answering${since}`}>
        Nothing was changed; syncs try again.
      </Note>
    );
  }
  if (lastRun?.status === "FAILED" && lastRun.trigger === "SCHEDULE") {
    return (
      <Note
        tone="attention"
        title="The last scheduled sync failed"
        action={
          <ButtonLink to="/integrations/runs/$id" params={{ id: lastRun.id }}>
            What happened
          </ButtonLink>
        }
      >
        {lastRun.problem ?? (lastRun.problemCode && problemWords(lastRun.problemCode))} Nothing was changed.
      </Note>
    );
  }
  return null;
}

function Offline() {
  return (
    <Note tone="attention" role="status" title="You are offline">
      What you see may be old. What you type here stays.
    </Note>
  );
}
