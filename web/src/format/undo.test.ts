import { expect, test } from "vitest";
import { undoSummary } from "@/format/undo.ts";

const field = (outcome: string, id = "w1") => ({ watch: { id }, outcome });

test("what goes back is counted in fields and watches, what stays has its reason", () => {
  const restored = Array.from({ length: 29 }, (_, index) => field("RESTORED", `w${Math.min(index, 24)}`));
  expect(undoSummary([...restored, field("KEPT_EDITED")])).toEqual({
    goBack: 29,
    sentence: "29 fields in 25 watches go back. 1 stays, because it was edited since.",
  });
});

test.each([
  [["RESTORED"], "1 field in 1 watch goes back."],
  [["KEPT_EDITED", "KEPT_EDITED"], "Nothing goes back. 2 stay, because they were edited since."],
  [
    ["RESTORED", "SKIPPED_ARCHIVED", "SKIPPED_UNLINKED"],
    "1 field in 1 watch goes back. 1 stays, because its watch is archived. 1 stays, because its watch is not linked.",
  ],
  [["WATCH_DELETED", "WATCH_DELETED"], "Nothing goes back. 2 stay, because their watches were deleted."],
  [["BRAND_NEW"], "Nothing goes back. 1 stays: brand new."],
  [[], "Nothing goes back."],
])("%j", (outcomes, sentence) => {
  expect(undoSummary(outcomes.map((each) => field(each))).sentence).toBe(sentence);
});

test("once it is done it is told as done", () => {
  expect(undoSummary([field("RESTORED"), field("KEPT_EDITED")], true).sentence).toBe(
    "1 field in 1 watch went back. 1 stayed, because it was edited since.",
  );
  expect(undoSummary([], true).sentence).toBe("Nothing went back.");
});
