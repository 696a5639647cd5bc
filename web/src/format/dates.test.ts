import { describe, expect, test } from "vitest";
import * as dates from "@/format/dates.ts";

const eastern = "America/New_York";
const clock = (now: string, zone = eastern): dates.Clock => ({ zone, now: new Date(now) });
// Thursday, March 12, 2026, 10:42 AM in New York.
const noon = clock("2026-03-12T14:42:00Z");

test.each([
  ["2026-03-12T10:04:00Z", "Today, 6:04 AM"],
  ["2026-03-11T10:03:00Z", "Yesterday, 6:03 AM"],
  ["2026-03-13T10:00:00Z", "Tomorrow, 6:00 AM"],
  ["2026-03-03T19:15:00Z", "Mar 3, 2:15 PM"],
  ["2025-03-03T19:15:00Z", "Mar 3, 2025"],
  ["2026-03-12T04:00:00Z", "Today, 12:00 AM"],
  ["2026-03-12T16:00:00Z", "Today, 12:00 PM"],
  ["2026-03-12T03:59:59Z", "Yesterday, 11:59 PM"],
  ["2026-03-12T10:04:00.123456+00:00", "Today, 6:04 AM"],
])("%s is %s", (at, words) => {
  expect(dates.dateTime(at, noon)).toBe(words);
});

test("each place has its form", () => {
  const [today, tuesday, march9] = ["2026-03-12T10:04:00Z", "2026-03-10T19:20:00Z", "2026-03-09T10:04:00Z"] as const;
  expect(dates.dateTimeInSentence(today, noon)).toBe("today, 6:04 AM");
  expect(dates.dateTimeForStatus(today, noon)).toBe("today 6:04 AM");
  expect(dates.dateTimeForStatus(march9, noon)).toBe("Mar 9, 6:04 AM");
  expect(dates.dateTimeWithWeekday(tuesday, noon)).toBe("Tue Mar 10, 3:20 PM");
  expect(dates.dateTimeWithWeekday(today, noon)).toBe("Today, 6:04 AM");
  expect(dates.shortDateTime(today, noon)).toBe("6:04 AM");
  expect(dates.shortDateTime("2026-03-11T10:04:00Z", noon)).toBe("Mar 11");
  expect(dates.shortDateTime(march9, noon)).toBe("Mar 9");
  expect(dates.shortDateTime("2025-03-09T10:04:00Z", noon)).toBe("Mar 9, 2025");
  expect(dates.timeInSentence("2026-03-12T14:43:00Z", noon)).toBe("10:43 AM");
  expect(dates.timeInSentence("2026-03-13T04:10:00Z", noon)).toBe("tomorrow, 12:10 AM");
  expect(dates.dayInSentence(today, noon)).toBe("today");
  expect(dates.dayInSentence("2026-03-03T19:15:00Z", noon)).toBe("Mar 3");
  expect(dates.fullDateTime(today, eastern)).toBe("Thursday, March 12, 2026 at 6:04 AM EDT");
});

test("a planned time says about when", () => {
  expect(dates.plannedTime("2026-03-13T10:00:00Z", noon)).toBe("tomorrow, about 6:00 AM");
  expect(dates.plannedTimeWithDate("2026-03-13T10:00:00Z", noon)).toBe("tomorrow, Fri Mar 13, about 6:00 AM");
  expect(dates.plannedTime("2026-03-16T10:00:00Z", noon)).toBe("Mon Mar 16, about 6:00 AM");
  expect(dates.plannedTimeWithDate("2026-03-16T10:00:00Z", noon)).toBe("Mon Mar 16, about 6:00 AM");
  expect(dates.plannedTime("2027-01-04T11:00:00Z", clock("2026-12-30T12:00:00Z"))).toBe("Mon Jan 4, about 6:00 AM");
});

describe("the firm's zone decides the day, not the browser's", () => {
  test.each([
    ["America/New_York", "Today, 1:30 AM"],
    ["America/Los_Angeles", "Yesterday, 10:30 PM"],
    ["Asia/Tokyo", "Today, 2:30 PM"],
    ["Asia/Kathmandu", "Today, 11:15 AM"],
    ["Pacific/Kiritimati", "Yesterday, 7:30 PM"],
    ["UTC", "Today, 5:30 AM"],
  ])("%s", (zone, words) => {
    expect(dates.dateTime("2026-03-12T05:30:00Z", clock("2026-03-12T14:42:00Z", zone))).toBe(words);
  });
});

describe("daylight saving time", () => {
  test("a day of 23 hours is still yesterday", () => {
    // Clocks went forward on March 8, 2026, at 2 AM.
    expect(dates.dateTime("2026-03-08T05:10:00Z", clock("2026-03-09T04:05:00Z"))).toBe("Yesterday, 12:10 AM");
    expect(dates.dateTime("2026-03-08T06:59:00Z", clock("2026-03-08T16:00:00Z"))).toBe("Today, 1:59 AM");
    expect(dates.dateTime("2026-03-08T07:00:00Z", clock("2026-03-08T16:00:00Z"))).toBe("Today, 3:00 AM");
  });

  test("a day of 25 hours is one day, and the full time tells its two hours apart", () => {
    // Clocks go back on November 1, 2026, at 2 AM.
    const evening = clock("2026-11-02T04:30:00Z");
    expect(dates.dateTime("2026-11-01T04:05:00Z", evening)).toBe("Today, 12:05 AM");
    expect(dates.dateTime("2026-11-01T03:55:00Z", evening)).toBe("Yesterday, 11:55 PM");
    expect(dates.fullDateTime("2026-11-01T05:30:00Z", eastern)).toBe("Sunday, November 1, 2026 at 1:30 AM EDT");
    expect(dates.fullDateTime("2026-11-01T06:30:00Z", eastern)).toBe("Sunday, November 1, 2026 at 1:30 AM EST");
  });
});

describe("the end of a year", () => {
  const newYear = clock("2027-01-01T15:00:00Z");

  test("yesterday is yesterday, though it was another year", () => {
    expect(dates.dateTime("2026-12-31T11:03:00Z", newYear)).toBe("Yesterday, 6:03 AM");
    expect(dates.dateTime("2026-12-30T11:03:00Z", newYear)).toBe("Dec 30, 2026");
    expect(dates.dateTimeWithWeekday("2026-12-30T11:03:00Z", newYear)).toBe("Dec 30, 2026");
  });

  test("the year ends where the firm is", () => {
    expect(dates.dateTime("2027-01-01T04:59:00Z", newYear)).toBe("Yesterday, 11:59 PM");
    expect(dates.dateTime("2027-01-01T05:00:00Z", newYear)).toBe("Today, 12:00 AM");
    expect(dates.dateTime("2026-06-01T15:00:00Z", clock("2027-01-01T04:00:00Z"))).toBe("Jun 1, 11:00 AM");
  });
});

test("a zone that the browser does not know is shown in UTC, and says so in full", () => {
  expect(dates.dateTime("2026-03-12T10:04:00Z", clock("2026-03-12T14:42:00Z", "Mars/Olympus_Mons"))).toBe(
    "Today, 10:04 AM",
  );
  expect(dates.fullDateTime("2026-03-12T10:04:00Z", "Mars/Olympus_Mons")).toMatch(/ UTC$/);
});

test("what is no moment stays as it is", () => {
  expect(dates.dateTime("soon", noon)).toBe("Soon");
  expect(dates.plannedTime("soon", noon)).toBe("soon");
  expect(dates.plannedTimeWithDate("soon", noon)).toBe("soon");
  expect(dates.fullDateTime("soon", eastern)).toBe("soon");
});

test.each([
  ["06:00", "6:00 AM"],
  ["00:05", "12:05 AM"],
  ["12:00", "12:00 PM"],
  ["23:59", "11:59 PM"],
  ["24:00", "24:00"],
  ["6", "6"],
])("%s o'clock is %s", (text, words) => {
  expect(dates.timeOfDay(text)).toBe(words);
});
