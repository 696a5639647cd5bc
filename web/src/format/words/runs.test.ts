import { expect, test } from "vitest";
import { problemWords, runState, runStateWords, triggerWords } from "@/format/words/runs.ts";

const run = { status: "SUCCEEDED", dryRun: false, undoneAt: null };

test.each([
  [{ ...run, status: "QUEUED" }, "queued", "Waiting to start"],
  [{ ...run, status: "RUNNING" }, "running", "Syncing from Clio"],
  [run, "done", "Done"],
  [{ ...run, status: "PARTIAL" }, "partial", "Partly done"],
  [{ ...run, status: "FAILED" }, "failed", "Failed"],
  [{ ...run, status: "CANCELED" }, "stopped", "Stopped"],
  [{ ...run, status: "PARTIAL", undoneAt: "2026-03-10T19:31:00Z" }, "undone", "Undone"],
  [{ ...run, dryRun: true }, "preview", "Preview"],
  [{ ...run, dryRun: true, status: "RUNNING" }, "running", "Preparing the preview"],
  [{ ...run, dryRun: true, status: "FAILED" }, "failed", "Failed"],
  [{ ...run, dryRun: true, status: "PARTIAL" }, "partial", "Partly done"],
  [{ ...run, status: "ON_HOLD" }, "unknown", "on hold"],
  [{ ...run, status: "constructor" }, "unknown", "constructor"],
])("%o is %s", (each, state, words) => {
  expect(runState(each)).toBe(state);
  expect(runStateWords(each)).toBe(words);
});

test("who started a run, also when the user was removed", () => {
  expect(triggerWords("MANUAL", "Ikenna Osei")).toBe("Ikenna Osei");
  expect(triggerWords("LOGIN", "Ikenna Osei")).toBe("Ikenna Osei signed in");
  expect(triggerWords("SCHEDULE", null)).toBe("Schedule");
  expect(triggerWords("MANUAL", null)).toBe("A former member");
  expect(triggerWords("LOGIN", undefined)).toBe("A former member signed in");
});

test("Clio stopped answering only after it had answered", () => {
  expect(problemWords("CLIO_UNAVAILABLE", { status: "PARTIAL" })).toBe("Clio stopped answering");
  expect(problemWords("CLIO_UNAVAILABLE", { status: "FAILED" })).toBe("Clio did not answer");
  expect(problemWords("BRAND_NEW", { message: "The moon is full." })).toBe("The moon is full.");
});
