import { expect, test } from "vitest";
import { undoOutcomeWords } from "@/format/words/history.ts";

test("a field goes back in the preview of an undo, and went back once it is done", () => {
  expect(undoOutcomeWords("RESTORED")).toBe("Goes back");
  expect(undoOutcomeWords("RESTORED", true)).toBe("Went back");
  expect(undoOutcomeWords("KEPT_EDITED", true)).toBe("Edited since");
});
