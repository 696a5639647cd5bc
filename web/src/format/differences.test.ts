import { expect, test } from "vitest";
import { differences, type Segment } from "@/format/differences.ts";

const show = (segments: Segment[]) => segments.map((each) => (each.differs ? `[${each.text}]` : each.text)).join("");

function both(before: string, after: string): [string, string] {
  const found = differences(before, after);
  return [show(found.before), show(found.after)];
}

test.each([
  ["Catherine", "Katherine", "[C]atherine", "[K]atherine"],
  ["May 21, 1935", "May 12, 1935", "May [21], 1935", "May [12], 1935"],
  ["Oct 30, 1927", "Oct 3, 1927", "Oct [30], 1927", "Oct [3], 1927"],
  ["Yellowhorse", "Yellow Horse", "Yellow[h]orse", "Yellow[ H]orse"],
  ["Illingworth", "Illingworth-Shaw", "Illingworth", "Illingworth[-Shaw]"],
  ["2025-PR-01842", "2025-PR-01843", "2025-PR-0184[2]", "2025-PR-0184[3]"],
  ["Aug 30, 1934", "Aug 30, 1935", "Aug 30, [1934]", "Aug 30, [1935]"],
  ["Jon", "Jonn", "Jon", "Jon[n]"],
])("%s and %s share most letters", (before, after, markedBefore, markedAfter) => {
  expect(both(before, after)).toEqual([markedBefore, markedAfter]);
});

test.each([
  ["Robert", "Bob"],
  ["Dorchester", "Boston"],
  ["Providence", "Cranston"],
  ["Odalys Reyes-Whitcombe", "Tobias Brandt"],
  ["Georgia (GA)", "South Carolina (SC)"],
  ["Texas (TX)", "New Mexico (NM)"],
  ["RI", "RA"],
  ["Ann", "Anna-Lee"],
  ["", "Cranston"],
  ["Cranston", ""],
  ["", ""],
])("%s and %s share too little to mark", (before, after) => {
  expect(both(before, after)).toEqual([before, after]);
});

test("equal texts have nothing that differs", () => {
  expect(differences("Katherine", "Katherine").after).toEqual([{ text: "Katherine", differs: false }]);
});

test("letters are what a reader sees, however they are encoded", () => {
  expect(both("Siobhán", "Siobhan")).toEqual(["Siobh[á]n", "Siobh[a]n"]);
  expect(both("Siobha\u0301n", "Siobhán")).toEqual(["Siobhán", "Siobhán"]);
  expect(both("Family 👩‍👩‍👧 one", "Family 👩‍👩‍👦 one")).toEqual(["Family [👩‍👩‍👧] one", "Family [👩‍👩‍👦] one"]);
});

test("long texts are not compared letter by letter", () => {
  const long = "a".repeat(20_000);
  expect(both(`${long}b`, `${long}c`)).toEqual([`${long}b`, `${long}c`]);
  expect(both("a".repeat(201), "a".repeat(199))).toEqual(["a".repeat(201), "a".repeat(199)]);
  expect(both("a".repeat(199), "a".repeat(201))).toEqual(["a".repeat(199), "a".repeat(201)]);
  expect(both(`${"a".repeat(198)}b`, `${"a".repeat(198)}c`)[0]).toBe(`${"a".repeat(198)}[b]`);
});

test("both texts come back whole, and are judged alike in either direction", () => {
  const texts = [
    "Catherine",
    "Katharine",
    "May 21, 1935",
    "May 2, 1935",
    "Åkesson",
    "Akeson",
    "aXbXc",
    "abXXc",
    "1 2 3",
    "3 2 1",
  ];
  for (const a of texts) {
    for (const b of texts) {
      const found = differences(a, b);
      const joined = (segments: Segment[]) => segments.map((each) => each.text).join("");
      const shared = (segments: Segment[]) => joined(segments.filter((each) => !each.differs));
      expect([joined(found.before), joined(found.after)]).toEqual([a, b]);
      const isMarked = [...found.before, ...found.after].some((each) => each.differs);
      if (isMarked) expect(shared(found.before)).toBe(shared(found.after));
      expect(isMarked).toBe(
        differences(b, a)
          .before.concat(differences(b, a).after)
          .some((each) => each.differs),
      );
    }
  }
});
