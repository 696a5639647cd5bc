import { expect, test } from "vitest";
import { type Change, historyEntries } from "./historyEntries.ts";

const dana = { id: "u1", name: "Dana Whitlock" };
const run = (id: string, canUndo = true) => ({
  id,
  scope: "ALL",
  trigger: "MANUAL",
  canUndo,
  createdAt: "2026-03-12T10:42:00Z",
  undoneAt: null,
  undoneBy: null,
});
let id = 0;
const change = (cause: string, field: string, at: string, over: Partial<Change> = {}): Change => ({
  id: String(++id),
  field,
  before: "a",
  after: "b",
  at,
  cause,
  by: dana,
  run: null,
  ...over,
});

test("changes of one run or of one save are one entry", () => {
  const r1 = run("r1");
  const entries = historyEntries([
    change("SYNC", "CITY", "3", { run: r1 }),
    change("SYNC", "FIRST_NAME", "3", { run: r1 }),
    change("EDIT", "CITY", "2"),
    change("EDIT", "STATE", "2"),
    change("EDIT", "STATE", "1"),
  ]);
  expect(entries.map((each) => [each.cause, each.changes.length, each.canUndo])).toEqual([
    ["SYNC", 2, true],
    ["EDIT", 2, false],
    ["EDIT", 1, false],
  ]);
});

test("a sync whose fields were all changed since has nothing to undo", () => {
  const [, sync] = historyEntries([change("EDIT", "CITY", "2"), change("SYNC", "CITY", "1", { run: run("r1") })]);
  expect(sync?.canUndo).toBe(false);
});

test("a sync says who undid it, once all of its fields are undone", () => {
  const r1 = run("r1");
  const undo = change("UNDO", "CITY", "2", { run: r1 });
  const city = change("SYNC", "CITY", "1", { run: r1 });
  const state = change("SYNC", "STATE", "1", { run: r1 });
  expect(historyEntries([undo, city])[1]).toMatchObject({ undone: { at: "2", by: dana }, canUndo: false });
  expect(historyEntries([undo, city, state])[1]).toMatchObject({ undone: null, canUndo: true });
});
