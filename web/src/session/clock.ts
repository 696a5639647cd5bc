import { createContext, use, useEffect, useState } from "react";
import type { Clock } from "@/format/dates.ts";

const ClockContextDefault: Clock = { zone: "America/New_York", now: new Date() };

export const ClockContext = createContext<Clock>(ClockContextDefault);

/** Returns the firm's time zone, in which all times are shown, and the time that it is now, which moves on each minute. */
export function useClock(): Clock {
  return use(ClockContext);
}

/** Makes the clock of the frame. */
export function useTickingClock(zone: string | undefined): Clock {
  const [clock, setClock] = useState<Clock>({ zone: zone ?? ClockContextDefault.zone, now: new Date() });
  useEffect(() => {
    const tick = () => setClock({ zone: zone ?? ClockContextDefault.zone, now: new Date() });
    tick();
    const timer = setInterval(tick, 60_000);
    return () => clearInterval(timer);
  }, [zone]);
  return clock;
}
