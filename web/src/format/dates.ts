import { capitalized } from "@/format/text.ts";

/** The firm's time zone, and the time that it is now. */
export interface Clock {
  zone: string;
  now: Date;
}

/** A moment as the API writes it: RFC 3339. */
export type Moment = string | Date;

interface Parts {
  year: string;
  /** "Mar 12". */
  day: string;
  weekday: string;
  /** "6:04 AM". */
  time: string;
  /** The calendar day's number, to count the days between two. */
  dayNumber: number;
}

const shown: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  weekday: "short",
  hour: "numeric",
  minute: "2-digit",
  hour12: true,
};

const full: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "long",
  day: "numeric",
  weekday: "long",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
};

const monthName = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", month: "short" });

/** "Today, 6:04 AM", "Yesterday, 6:03 AM", "Mar 3, 2:15 PM"; in other years "Mar 3, 2025". */
export function dateTime(at: Moment, clock: Clock): string {
  return capitalized(dateTimeInSentence(at, clock));
}

/** The same within a sentence: "Last sync today, 6:04 AM". */
export function dateTimeInSentence(at: Moment, clock: Clock): string {
  return compose(at, clock, (parts, day) => `${day ?? parts.day}, ${parts.time}`);
}

/** The same with the day of the week, for a list of what happened lately: "Tue Mar 10, 3:20 PM". */
export function dateTimeWithWeekday(at: Moment, clock: Clock): string {
  return capitalized(compose(at, clock, (parts, day) => `${day ?? `${parts.weekday} ${parts.day}`}, ${parts.time}`));
}

/** The same without a comma, for Clio's status: "Clio synced today 6:04 AM". */
export function dateTimeForStatus(at: Moment, clock: Clock): string {
  return compose(at, clock, (parts, day) => (day ? `${day} ${parts.time}` : `${parts.day}, ${parts.time}`));
}

/** The shortest, for columns: "6:04 AM" today, else "Mar 9", in other years "Mar 9, 2025". */
export function shortDateTime(at: Moment, clock: Clock): string {
  return compose(at, clock, (parts, day) => (day === "today" ? parts.time : parts.day));
}

/** The time alone while it is today, else with its day, within a sentence: "until 10:43 AM", "until tomorrow, 12:10 AM". */
export function timeInSentence(at: Moment, clock: Clock): string {
  return compose(at, clock, (parts, day) => (day === "today" ? parts.time : `${day ?? parts.day}, ${parts.time}`));
}

/** The day alone, within a sentence: "by Dana Whitlock, today", "Last found Mar 9". */
export function dayInSentence(at: Moment, clock: Clock): string {
  return compose(at, clock, (parts, day) => day ?? parts.day);
}

/** A time that is planned, within a sentence: "tomorrow, about 6:00 AM", "Fri Mar 20, about 6:00 AM". */
export function plannedTime(at: Moment, clock: Clock): string {
  const parts = partsOf(at, clock.zone);
  if (!parts) return String(at);
  return `${dayWord(parts, clock) ?? `${parts.weekday} ${parts.day}`}, about ${parts.time}`;
}

/** A time that is planned, with its date beside the day's word: "tomorrow, Fri Mar 13, about 6:00 AM". */
export function plannedTimeWithDate(at: Moment, clock: Clock): string {
  const parts = partsOf(at, clock.zone);
  if (!parts) return String(at);
  const date = [dayWord(parts, clock), `${parts.weekday} ${parts.day}`].filter(Boolean).join(", ");
  return `${date}, about ${parts.time}`;
}

/** All of it, for what shows on hover or focus: "Thursday, March 12, 2026 at 6:04 AM EDT". */
export function fullDateTime(at: Moment, zone: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : plainSpaces(formatter(zone, full).format(date));
}

/** A time of day of the settings in words: "06:00" is "6:00 AM". What is no time stays as it is. */
export function timeOfDay(text: string): string {
  const [, hours, minutes] = text.match(/^([01]\d|2[0-3]):([0-5]\d)$/) ?? [];
  if (hours === undefined || minutes === undefined) return text;
  return `${Number(hours) % 12 || 12}:${minutes} ${Number(hours) < 12 ? "AM" : "PM"}`;
}

/** A moment by the given words; one in another year is its date. What is no moment stays as it is. */
function compose(at: Moment, clock: Clock, words: (parts: Parts, day: string | undefined) => string): string {
  const parts = partsOf(at, clock.zone);
  if (!parts) return String(at);
  const day = dayWord(parts, clock);
  const isThisYear = parts.year === partsOf(clock.now, clock.zone)?.year;
  return day || isThisYear ? words(parts, day) : `${parts.day}, ${parts.year}`;
}

function dayWord(parts: Parts, clock: Clock): "yesterday" | "today" | "tomorrow" | undefined {
  const today = partsOf(clock.now, clock.zone)?.dayNumber ?? Number.NaN;
  return (["yesterday", "today", "tomorrow"] as const)[parts.dayNumber - today + 1];
}

function partsOf(at: Moment, zone: string): Parts | undefined {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return undefined;
  const parts = formatter(zone, shown).formatToParts(date);
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  const midnight = Date.UTC(Number(get("year")), Number(get("month")) - 1, Number(get("day")));
  return {
    year: get("year"),
    day: `${monthName.format(midnight)} ${get("day")}`,
    weekday: get("weekday"),
    time: `${get("hour")}:${get("minute")} ${get("dayPeriod")}`,
    dayNumber: midnight / 86_400_000,
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter, made once for each zone, as making one is slow. A zone that the browser does not know is shown in UTC. */
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${options.month}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = newFormatter(zone, options);
  formatters.set(key, made);
  return made;
}

function newFormatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" });
  }
}

/** Some browsers write a narrow space before AM. */
function plainSpaces(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, " ");
}
