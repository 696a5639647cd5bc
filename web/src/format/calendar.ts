const format = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" });

/** A calendar date in words, "1934-08-30" as "Aug 30, 1934", the same day in every time zone. What is no date stays as it is. */
export function calendarDate(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  const isDate = !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === date;
  return isDate ? format.format(day) : date;
}
