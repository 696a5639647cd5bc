import { count } from "@/format/counts.ts";

const units: readonly [name: string, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How long something took, to the second under a minute, then to the minute or hour: "12 seconds", "3 minutes", "2 hours 5 minutes". */
export function duration(milliseconds: number): string {
  if (!(milliseconds >= 500)) return "less than a second";
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return count(seconds, "second");
  const step = seconds < 86_400 ? 60 : 3_600;
  let left = Math.round(seconds / step) * step;
  const parts: string[] = [];
  for (const [name, length] of units) {
    const whole = Math.floor(left / length);
    left -= whole * length;
    if (whole > 0) parts.push(count(whole, name));
  }
  return parts.join(" ");
}

/** The time between two moments in words; "" while one of them is not known. */
export function durationBetween(from: string | null | undefined, to: string | Date | null | undefined): string {
  if (!from || !to) return "";
  const milliseconds = new Date(to).getTime() - new Date(from).getTime();
  return Number.isNaN(milliseconds) ? "" : duration(milliseconds);
}
