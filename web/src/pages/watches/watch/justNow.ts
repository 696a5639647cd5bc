import type { Clock } from "@/format/dates.ts";

/** Reports whether a moment is less than a minute ago, by the page's clock, which moves on each minute. */
export function isJustNow(at: string, clock: Clock): boolean {
  return clock.now.getTime() - new Date(at).getTime() < 60_000;
}
