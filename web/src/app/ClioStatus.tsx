import { Link } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { type Clock, dateTimeForStatus, shortDateTime, timeInSentence } from "@/format/dates.ts";
import { useClock } from "@/session/clock.ts";
import { type Status, useStatus } from "@/session/status.ts";
import { Icon } from "@/ui/Icon.tsx";
import { ClockIcon, IntegrationsIcon, OkIcon, SyncIcon, WarningIcon } from "@/ui/icons.ts";

interface Shown {
  to: "/integrations/sync" | "/integrations/clio";
  tone: "ok" | "run" | "attention" | "plain";
  icon: LucideIcon;
  words: ReactNode;
}

/** How it stands with Clio, on every page. */
export function ClioStatus({ className }: { className?: string | undefined }) {
  const status = useStatus();
  const clock = useClock();
  if (!status) return null;
  const { to, tone, icon, words } = shown(status, clock);
  return (
    <Link to={to} className={className} data-tone={tone} activeProps={{ "aria-current": undefined }}>
      <Icon of={icon} />
      <span>{words}</span>
    </Link>
  );
}

function shown(status: Status, clock: Clock): Shown {
  const { clioIntegration: clio, currentRun: run } = status;
  const connect = "/integrations/clio";
  const sync = "/integrations/sync";
  if (clio.state === "NOT_CONFIGURED")
    return { to: connect, tone: "plain", icon: IntegrationsIcon, words: "Clio is not set up" };
  if (clio.state === "NOT_CONNECTED")
    return { to: connect, tone: "plain", icon: IntegrationsIcon, words: "Clio not connected" };
  if (clio.state === "NEEDS_RECONNECT")
    return { to: connect, tone: "attention", icon: WarningIcon, words: "Reconnect Clio" };
  if (run?.waitingUntil) {
    return {
      to: sync,
      tone: "run",
      icon: ClockIcon,
      words: `Waiting for Clio until ${timeInSentence(run.waitingUntil, clock)}`,
    };
  }
  if (run) {
    const { processed, selected } = run.counts;
    const words = run.status === "QUEUED" ? "Sync is about to start" : `Syncing ${processed} of ${selected}`;
    return { to: sync, tone: "run", icon: SyncIcon, words };
  }
  if (clio.state === "UNREACHABLE")
    return { to: connect, tone: "attention", icon: ClockIcon, words: "Clio is not answering" };
  return { to: sync, tone: "ok", icon: OkIcon, words: <LastSync status={status} clock={clock} /> };
}

function LastSync({ status, clock }: { status: Status; clock: Clock }) {
  const at = status.lastRun?.finishedAt;
  if (!at) return "Clio connected";
  const did = status.lastRun?.status === "FAILED" ? "sync failed" : "synced";
  return (
    <>
      <span className="not-phone">
        Clio {did} {dateTimeForStatus(at, clock)}
      </span>
      <span className="only-phone">
        {did} {shortDateTime(at, clock)}
      </span>
    </>
  );
}
