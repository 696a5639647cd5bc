import { expect, test } from "vitest";
import { duration, durationBetween } from "@/format/durations.ts";

test.each([
  [-5_000, "less than a second"],
  [Number.NaN, "less than a second"],
  [300, "less than a second"],
  [700, "1 second"],
  [12_000, "12 seconds"],
  [59_400, "59 seconds"],
  [59_600, "1 minute"],
  [3 * 60_000, "3 minutes"],
  [3_599_000, "1 hour"],
  [2 * 3_600_000 + 5 * 60_000, "2 hours 5 minutes"],
  [86_399_000, "1 day"],
  [27 * 3_600_000, "1 day 3 hours"],
  [48 * 3_600_000, "2 days"],
])("%d ms are %s", (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

test("the time between two moments", () => {
  expect(durationBetween("2026-03-12T14:42:00Z", "2026-03-12T14:42:08Z")).toBe("8 seconds");
  expect(durationBetween("2026-03-12T14:42:00Z", new Date("2026-03-12T14:45:00Z"))).toBe("3 minutes");
  expect(durationBetween("2026-03-12T14:42:00Z", null)).toBe("");
  expect(durationBetween(null, "2026-03-12T14:42:00Z")).toBe("");
  expect(durationBetween("soon", "2026-03-12T14:42:00Z")).toBe("");
});
