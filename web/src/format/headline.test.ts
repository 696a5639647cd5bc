import { expect, test } from "vitest";
import { syncAnnouncement, syncHeadline } from "@/format/headline.ts";

const all = "FIRST_NAME LAST_NAME DATE_OF_BIRTH CITY STATE CASE_NUMBER ASSIGNED_TO CASE_TYPE DATE_OF_INTEREST".split(
  " ",
);

/** The nine fields: the given decisions, and SAME for the rest. */
const nine = (...decisions: string[]) =>
  all.map((field, index) => ({ field, decision: decisions[index] ?? "SAME", before: "a", clio: "b", after: "b" }));

test.each([
  [
    ["UPDATED", "UPDATED", "UPDATED", "KEPT_LOCAL", "EMPTY_IN_CLIO"],
    "3 fields updated, 1 edit kept, 5 left as they were.",
  ],
  [["UPDATED"], "1 field updated, 8 left as they were."],
  [["KEPT_LOCAL", "KEPT_LOCAL"], "2 edits kept, 7 left as they were."],
  [["CONFLICT", "UPDATED"], "1 field updated, 1 conflict, 7 left as they were."],
  [["CONFLICT", "CONFLICT"], "2 conflicts, 7 left as they were."],
  [["OVERWROTE_LOCAL", "UPDATED"], "1 field updated, 1 edit replaced, 7 left as they were."],
  [["HELD", "HELD", "HELD", "HELD", "HELD", "UPDATED"], "1 field updated, 5 left alone, 3 left as they were."],
  [["HELD", "HELD", "HELD", "HELD", "HELD"], "5 fields left alone, 4 left as they were."],
  [["UNAVAILABLE", "UNUSABLE"], "2 fields could not be compared, 7 left as they were."],
  [["UPDATED", "UNAVAILABLE", "UNUSABLE"], "1 field updated, 2 could not be compared, 6 left as they were."],
  [Array(8).fill("UPDATED"), "8 fields updated, 1 left as it was."],
  [Array(9).fill("UPDATED"), "9 fields updated."],
  [[], "Clio agrees. Nothing changed."],
  [["EMPTY_IN_CLIO"], "Clio agrees. Nothing changed."],
  [["UPDATED", "BRAND_NEW"], "1 field updated, 7 left as they were, 1 brand new."],
])("%j", (decisions, words) => {
  expect(syncHeadline(nine(...decisions))).toBe(words);
});

test("the numbers always add up to nine", () => {
  const decisions =
    "SAME UPDATED EMPTY_IN_CLIO UNAVAILABLE UNUSABLE HELD KEPT_LOCAL CONFLICT OVERWROTE_LOCAL NEW".split(" ");
  for (const a of decisions) {
    for (const b of decisions) {
      const headline = syncHeadline(nine(a, b, "UPDATED"));
      const sum = [...headline.matchAll(/\d+/g)].reduce((total, each) => total + Number(each[0]), 0);
      expect(sum, headline).toBe(9);
    }
  }
});

test("a preview says what would happen", () => {
  expect(syncHeadline(nine("UPDATED", "KEPT_LOCAL"), true)).toBe(
    "1 field would be updated, 1 edit would be kept, 7 would stay as they are.",
  );
  expect(syncHeadline(nine(), true)).toBe("Clio agrees. Nothing would change.");
});

test("a screen reader hears what is new, and whom the watch is about now", () => {
  const fields = nine("SAME", "KEPT_LOCAL", "SAME", "UPDATED", "SAME", "SAME", "UPDATED");
  fields[0] = { field: "FIRST_NAME", decision: "UPDATED", before: "Catherine", clio: "Katherine", after: "Katherine" };
  expect(syncAnnouncement(fields)).toBe(
    "Synced. 3 updated, 1 edit kept. First name changed from Catherine to Katherine.",
  );
  expect(syncAnnouncement(nine())).toBe("Synced. Clio agrees. Nothing changed.");
  expect(syncAnnouncement(nine("SAME", "SAME", "SAME", "UPDATED"), true)).toBe("Preview. 1 would be updated.");
});
