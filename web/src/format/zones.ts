/** A time zone that can be chosen: its IANA name, and its name for people. */
export interface Zone {
  id: string;
  name: string;
}

// The zones of the United States, as they are called there.
const common: Readonly<Record<string, string>> = {
  "America/New_York": "Eastern",
  "America/Chicago": "Central",
  "America/Denver": "Mountain",
  "America/Phoenix": "Arizona",
  "America/Los_Angeles": "Pacific",
  "America/Anchorage": "Alaska",
  "Pacific/Honolulu": "Hawaii",
  "America/Puerto_Rico": "Puerto Rico",
  "Pacific/Guam": "Guam",
  "Pacific/Pago_Pago": "American Samoa",
  UTC: "UTC",
};

/** A time zone's name for people: "Eastern"; outside the common ones its city and the zone, "Toronto (Eastern)". */
export function zoneName(id: string): string {
  if (Object.hasOwn(common, id)) return common[id] ?? id;
  const city = id.split("/").at(-1)?.replaceAll("_", " ") ?? id;
  const zone = genericName(id);
  return zone && zone !== city ? `${city} (${zone})` : city;
}

/** All time zones that can be chosen: the common ones, then the others by name. The current one is among them in any case. */
export function zoneList(current?: string): Zone[] {
  const others = new Set(supported());
  if (current && !Object.hasOwn(common, current)) others.add(current);
  return [
    ...Object.entries(common).map(([id, name]) => ({ id, name })),
    ...[...others].map((id) => ({ id, name: zoneName(id) })).sort((a, b) => a.name.localeCompare(b.name, "en-US")),
  ];
}

function supported(): string[] {
  return Intl.supportedValuesOf("timeZone").filter((id) => id.includes("/") && !Object.hasOwn(common, id));
}

const genericNames = new Map<string, string>();

/** What a zone's time is called the whole year, without "Time": "Eastern", "Japan"; "" where it has no name but an offset. */
function genericName(id: string): string {
  const known = genericNames.get(id);
  if (known !== undefined) return known;
  const name = longGeneric(id).replace(/ (Standard )?Time$/, "");
  const made = /^(GMT|UTC)[+-]/.test(name) ? "" : name;
  genericNames.set(id, made);
  return made;
}

function longGeneric(id: string): string {
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: id, timeZoneName: "longGeneric" });
    return format.formatToParts(0).find((each) => each.type === "timeZoneName")?.value ?? "";
  } catch {
    return "";
  }
}
