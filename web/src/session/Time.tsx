import { type Clock, dateTime, fullDateTime } from "@/format/dates.ts";
import { useClock } from "./clock.ts";

interface TimeProps {
  /** RFC 3339, as the API writes it. */
  at: string;
  /** How to say it; as "Today, 6:04 AM" without one. One of format/dates.ts. */
  as?: (at: string, clock: Clock) => string;
}

/** A moment in the firm's zone; the whole of it on hover. */
export function Time({ at, as = dateTime }: TimeProps) {
  const clock = useClock();
  return (
    <time dateTime={at} title={fullDateTime(at, clock.zone)}>
      {as(at, clock)}
    </time>
  );
}
