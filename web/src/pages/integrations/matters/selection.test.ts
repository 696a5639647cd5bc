import { expect, test } from "vitest";
import { between, choose, mostAtOnce } from "./selection.ts";

test("matters are chosen and dropped", () => {
  const chosen = choose(new Set(["1"]), ["2", "3"], true);
  expect([...chosen]).toEqual(["1", "2", "3"]);
  expect([...choose(chosen, ["1", "3"], false)]).toEqual(["2"]);
});

test("no more are chosen than can be imported at once", () => {
  const many = Array.from({ length: mostAtOnce + 20 }, (_, at) => String(at));
  expect(choose(new Set(), many, true).size).toBe(mostAtOnce);
});

test("a range goes both ways, and is one matter if the other end is gone", () => {
  const ids = ["a", "b", "c", "d"];
  expect(between(ids, "b", "d")).toEqual(["b", "c", "d"]);
  expect(between(ids, "d", "b")).toEqual(["b", "c", "d"]);
  expect(between(ids, "x", "b")).toEqual(["b"]);
});
