import { expect, test } from "vitest";
import { noValues } from "./values.ts";
import { clioHint, labelOf, valueWords } from "./words.ts";

test.each([
  ["KEEP_LOCAL", "Clio has Reno. Ours will be kept."],
  ["ASK", "Clio has Reno. Ours will be asked about."],
  ["USE_CLIO", "Clio has Reno. Ours lasts until the next sync."],
  ["SOMETHING_NEW", "Clio has Reno."],
  [undefined, "Clio has Reno."],
])("what becomes of an edit under %s", (resolution, words) => {
  expect(clioHint("city", "Elko", "Reno", resolution)).toBe(words);
});

test("nothing is said where Clio has the same, or nothing", () => {
  expect(clioHint("city", " Reno ", "Reno", "ASK")).toBeUndefined();
  expect(clioHint("city", "Reno", null, "ASK")).toBeUndefined();
});

test("values are said as they are shown", () => {
  expect(clioHint("dateOfBirth", "", "1934-08-30", "ASK")).toContain("Clio has Aug 30, 1934.");
  expect(valueWords("tags", { ...noValues, tags: ["a", "b"] })).toBe("a, b");
  expect(valueWords("caseType", { ...noValues, caseType: "PROBATE" })).toBe("Probate");
  expect(labelOf("internalNotes")).toBe("Notes");
});
