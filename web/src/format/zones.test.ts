import { expect, test } from "vitest";
import { zoneList, zoneName } from "@/format/zones.ts";

test.each([
  ["America/New_York", "Eastern"],
  ["America/Phoenix", "Arizona"],
  ["Pacific/Honolulu", "Hawaii"],
  ["America/Toronto", "Toronto (Eastern)"],
  ["America/Indiana/Knox", "Knox (Central)"],
  ["Asia/Tokyo", "Tokyo (Japan)"],
  ["America/Halifax", "Halifax (Atlantic)"],
  ["US/Eastern", "Eastern"],
  ["Mars/Olympus_Mons", "Olympus Mons"],
  ["constructor", "constructor"],
])("%s is %s", (id, name) => {
  expect(zoneName(id)).toBe(name);
});

test("the list begins with the zones of the United States and has all others by name", () => {
  const all = zoneList();
  expect(all.slice(0, 5).map((each) => each.name)).toEqual(["Eastern", "Central", "Mountain", "Arizona", "Pacific"]);
  expect(all.length).toBeGreaterThan(300);
  expect(new Set(all.map((each) => each.id)).size).toBe(all.length);
  const names = all.slice(11).map((each) => each.name);
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "en-US")));
  expect(names).toContain("London (United Kingdom)");
});

test("the zone that is set can be chosen even where the browser does not list it", () => {
  expect(zoneList("Asia/Kolkata").filter((each) => each.id === "Asia/Kolkata")).toHaveLength(1);
  expect(zoneList("Mars/Olympus_Mons").map((each) => each.id)).toContain("Mars/Olympus_Mons");
  expect(zoneList("America/New_York")).toHaveLength(zoneList().length);
});
