import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { calendarDate } from "@/format/calendar.ts";

describe.each(["Pacific/Kiritimati", "America/Los_Angeles", "Pacific/Niue"])("in a browser in %s", (zone) => {
  beforeEach(() => {
    vi.stubEnv("TZ", zone);
    vi.resetModules(); // the module makes its formatter once, when it is loaded
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test("a calendar date is the same day", async () => {
    const { calendarDate } = await import("@/format/calendar");
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
    expect(calendarDate("1934-08-30")).toBe("Aug 30, 1934");
    expect(calendarDate("2026-01-01")).toBe("Jan 1, 2026");
    expect(calendarDate("2025-12-31")).toBe("Dec 31, 2025");
  });
});

test("early dates keep their year", () => {
  expect(calendarDate("1800-01-01")).toBe("Jan 1, 1800");
  expect(calendarDate("2024-02-29")).toBe("Feb 29, 2024");
});

test("what is no date stays as Clio says it", () => {
  for (const each of ["1935-02-30", "2025-02-29", "unknown", "1935", "", "1935-05-12T10:00:00Z"]) {
    expect(calendarDate(each)).toBe(each);
  }
});
