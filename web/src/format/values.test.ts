import { expect, test } from "vitest";
import { stateCodes } from "@/format/states.ts";
import { EMPTY, fieldText, livesIn, stateText, tagsText } from "@/format/values.ts";

test("each kind of field has its way of being shown", () => {
  expect(fieldText("DATE_OF_BIRTH", "1934-08-30")).toBe("Aug 30, 1934");
  expect(fieldText("DATE_OF_INTEREST", "2026-01-14")).toBe("Jan 14, 2026");
  expect(fieldText("STATE", "RI")).toBe("Rhode Island (RI)");
  expect(fieldText("CASE_TYPE", "SOCIAL_SECURITY")).toBe("Social Security");
  expect(fieldText("PRIORITY_LEVEL", "URGENT")).toBe("Urgent");
  expect(fieldText("STATUS", "ARCHIVED")).toBe("Archived");
  expect(fieldText("TAGS", "codicil, out-of-state heirs")).toBe("codicil, out-of-state heirs");
  expect(fieldText("FIRST_NAME", "Marie-Thérèse")).toBe("Marie-Thérèse");
  expect(fieldText("constructor", "x")).toBe("x");
});

test("an empty value has no text, so that a dash can stand for it", () => {
  for (const each of [null, undefined, "", "  "]) expect(fieldText("DATE_OF_BIRTH", each)).toBe("");
  expect(EMPTY).toEqual({ text: "–", spoken: "empty" });
});

test("an unusable value of Clio's is shown as it is", () => {
  expect(fieldText("DATE_OF_BIRTH", "1935-02-30")).toBe("1935-02-30");
  expect(fieldText("STATE", "Bavaria")).toBe("Bavaria");
});

test("every state, territory and province that the server knows has a name", () => {
  expect(stateCodes).toHaveLength(50 + 6 + 13);
  for (const code of stateCodes) expect(stateText(code)).toMatch(new RegExp(`^\\p{Lu}.{3,} \\(${code}\\)$`, "u"));
  expect(stateText("QC")).toBe("Québec (QC)");
  expect(stateText("PR")).toBe("Puerto Rico (PR)");
});

test("lists show the state's code alone", () => {
  expect(livesIn("Savannah", "GA")).toBe("Savannah, GA");
  expect(livesIn("Savannah", null)).toBe("Savannah");
  expect(livesIn(null, "GA")).toBe("GA");
  expect(livesIn(null, undefined)).toBe("");
});

test("tags are one text", () => {
  expect(tagsText(["codicil", "heirs"])).toBe("codicil, heirs");
  expect(tagsText([])).toBe("");
  expect(tagsText(null)).toBe("");
});
