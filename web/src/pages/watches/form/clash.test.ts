import { describe, expect, test } from "vitest";
import { choose, clashOf, mergedValues, unchosen } from "./clash.ts";
import { noValues, updateInput } from "./values.ts";

const start = { ...noValues, firstName: "Ann", lastName: "Shaw", city: "Tampa", caseNumber: "1" };
const mine = { ...start, city: "Elko", middleName: "R.", internalNotes: "mine" };
const theirs = { ...start, city: "Reno", middleName: "R.", caseNumber: "2" };
const clash = clashOf(start, mine, theirs);

describe("two who edit at once", () => {
  test("differ only where both changed a field to different values", () => {
    expect(clash.both).toEqual(["city"]);
    expect(unchosen(clash)).toEqual(["city"]);
  });

  test("see what only the other changed", () => {
    expect(clash.onlyTheirs).toEqual(["caseNumber"]);
  });

  test("lose nothing: what was typed stays, and what was not touched is as the other saved it", () => {
    expect(mergedValues(clash)).toEqual({ ...mine, caseNumber: "2" });
  });

  test("choose for each field, and may choose again", () => {
    const first = choose(clash, mergedValues(clash), "city", "theirs");
    expect(first.values.city).toBe("Reno");
    expect(unchosen(first.clash)).toEqual([]);
    const second = choose(first.clash, first.values, "city", "mine");
    expect(second.values.city).toBe("Elko");
    expect(second.clash.chosen).toEqual({ city: "mine" });
  });

  test("save what differs from what the other saved", () => {
    const { values } = choose(clash, mergedValues(clash), "city", "theirs");
    expect(updateInput(theirs, values)).toEqual({ internalNotes: "mine" });
  });
});

test("without a clash nothing has to be chosen", () => {
  expect(unchosen(undefined)).toEqual([]);
});
