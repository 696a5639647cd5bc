import { expect, test } from "vitest";
import { count, number, runLine, runSum, watches } from "@/format/counts.ts";

const none = { selected: 0, updated: 0, unchanged: 0, missing: 0, skipped: 0, failed: 0 };

test("numbers have separators and their noun agrees", () => {
  expect(number(1264)).toBe("1,264");
  expect(count(0, "field")).toBe("0 fields");
  expect(count(1, "field")).toBe("1 field");
  expect(count(3, "field")).toBe("3 fields");
  expect(watches(1)).toBe("1 watch");
  expect(watches(1264)).toBe("1,264 watches");
});

test("a run under way adds up to what it has of what it chose", () => {
  const sum = runSum({ selected: 100, updated: 17, unchanged: 46, missing: 1, skipped: 1, failed: 0 });
  expect(sum.parts.map((each) => `${each.count} ${each.words}`).join(" + ")).toBe(
    "17 updated + 46 no change + 1 not found in Clio + 1 skipped + 0 failed",
  );
  expect(sum.processed).toBe(65);
  expect(sum.rest).toBe("of 100");
  expect(sum.sentence).toBe(
    "17 updated, 46 no change, 1 not found in Clio, 1 skipped, 0 failed: 65 of 100 watches in all.",
  );
});

test("a run with all its results adds up to its watches", () => {
  const sum = runSum({ selected: 100, updated: 26, unchanged: 72, missing: 1, skipped: 1, failed: 0 });
  expect([sum.processed, sum.rest]).toEqual([100, "watches"]);
  expect(runSum({ ...none, selected: 1, updated: 1 }).rest).toBe("watch");
  expect(runSum(none)).toMatchObject({ processed: 0, rest: "watches" });
});

test("the sum always adds up, even where the answer is from before it chose", () => {
  expect(runSum({ ...none, updated: 2, unchanged: 1 })).toMatchObject({ processed: 3, selected: 3 });
});

test("a preview would update", () => {
  expect(runSum({ ...none, selected: 1, updated: 1 }, true).parts[0]?.words).toBe("would update");
});

test("a line leaves out what is none", () => {
  expect(runLine({ ...none, selected: 1264, updated: 94, unchanged: 1168, missing: 2 })).toBe(
    "94 updated, 1,168 no change, 2 not found",
  );
  expect(runLine({ ...none, selected: 100, updated: 12, unchanged: 88 }, true)).toBe("12 would update, 88 no change");
  expect(runLine(none)).toBe("");
});
