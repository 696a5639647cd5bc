import { expect, test } from "vitest";
import { stillOpen, tally, tallyWords } from "./choices.ts";

const choices = new Map([
  ["a", "LOCAL"],
  ["b", "CLIO"],
  ["c", "LOCAL"],
] as const);

test("choices are counted by kind", () => {
  expect(tally(choices)).toEqual({ ours: 2, clio: 1 });
  expect(tally(new Map())).toEqual({ ours: 0, clio: 0 });
});

test("a choice for a conflict that closed is dropped", () => {
  expect([...stillOpen(choices, ["b", "d"])]).toEqual([["b", "CLIO"]]);
});

test("kinds without a choice are not told", () => {
  expect(tallyWords({ ours: 2, clio: 1 })).toBe("2 ours, 1 Clio’s");
  expect(tallyWords({ ours: 0, clio: 1 })).toBe("1 Clio’s");
});
