import { describe, expect, test } from "vitest";
import { decisionLabel, decisionReason, decisionWords } from "@/format/words/decisions.ts";

const city = { field: "CITY", before: "Dorchester", clio: "Boston", after: "Dorchester" };
const dana = { clioUserName: "Dana Whitlock" };

test.each([
  ["SAME", "No change"],
  ["UPDATED", "Updated. Nobody had edited it here."],
  ["EMPTY_IN_CLIO", "Clio has none, so ours stays."],
  ["UNAVAILABLE", "Hidden in Clio from Dana Whitlock. Nothing was changed."],
  ["UNUSABLE", "Clio says “Boston”, which cannot be used. Nothing was changed."],
  ["HELD", "Left alone: the matter names another client."],
  ["KEPT_LOCAL", "Edit kept. Clio has Boston."],
  ["CONFLICT", "Conflict. Clio has Boston. Ours stays until someone decides."],
  ["OVERWROTE_LOCAL", "Edit replaced. Clio’s value took the place of Dorchester."],
])("%s is said as the design has it", (decision, words) => {
  expect(decisionWords({ ...city, decision }, dana)).toBe(words);
});

test.each([
  ["UPDATED", "Would be updated. Nobody has edited it here."],
  ["UNAVAILABLE", "Hidden in Clio from Dana Whitlock. Nothing would be changed."],
  ["UNUSABLE", "Clio says “Boston”, which cannot be used. Nothing would be changed."],
  ["KEPT_LOCAL", "Edit would be kept. Clio has Boston."],
  ["CONFLICT", "Would be a conflict. Clio has Boston. Ours would stay until someone decides."],
  ["OVERWROTE_LOCAL", "Edit would be replaced. Clio’s value would take the place of Dorchester."],
])("a preview doesn't say that %s has happened", (decision, words) => {
  expect(decisionWords({ ...city, decision }, { ...dana, preview: true })).toBe(words);
});

describe("values are shown as their fields are", () => {
  test("dates", () => {
    const born = { field: "DATE_OF_BIRTH", decision: "CONFLICT", before: "1935-05-21", clio: "1935-05-12" };
    expect(decisionWords(born)).toBe("Conflict. Clio has May 12, 1935. Ours stays until someone decides.");
  });

  test("what cannot be used is shown as Clio says it", () => {
    const born = { field: "DATE_OF_BIRTH", decision: "UNUSABLE", clio: "1935-02-30" };
    expect(decisionWords(born)).toBe("Clio says “1935-02-30”, which cannot be used. Nothing was changed.");
  });

  test("a value with a full stop doesn't get a second one", () => {
    expect(decisionWords({ field: "FIRST_NAME", decision: "KEPT_LOCAL", clio: "Francis X." })).toBe(
      "Edit kept. Clio has Francis X.",
    );
  });
});

describe("what is empty is not spoken of as if it held something", () => {
  test("an update of an empty field", () => {
    expect(decisionWords({ ...city, decision: "UPDATED", before: null })).toBe("Updated. It was empty here.");
  });

  test("nothing on either side", () => {
    expect(decisionWords({ ...city, decision: "EMPTY_IN_CLIO", before: null })).toBe("Empty here and in Clio.");
  });

  test("no name of Clio's user, no value of Clio's, an edit that emptied the field", () => {
    expect(decisionWords({ ...city, decision: "UNAVAILABLE" })).toBe(
      "Hidden in Clio from the connected user. Nothing was changed.",
    );
    expect(decisionWords({ ...city, decision: "UNUSABLE", clio: null })).toBe(
      "Clio’s value cannot be used. Nothing was changed.",
    );
    expect(decisionWords({ ...city, decision: "OVERWROTE_LOCAL", before: null })).toBe(
      "Edit replaced. Clio’s value took the place of a field that was emptied here.",
    );
  });
});

test("the row's reason leaves out what the row shows", () => {
  expect(decisionReason({ ...city, decision: "KEPT_LOCAL" })).toBe("The edit was kept.");
  expect(decisionReason({ ...city, decision: "CONFLICT" })).toBe("Ours stays until someone decides.");
  expect(decisionReason({ ...city, decision: "UPDATED" }, { preview: true })).toBe("Nobody has edited it here.");
});

test("labels are a word or two", () => {
  expect(decisionLabel("KEPT_LOCAL")).toBe("Edit kept");
  expect(decisionLabel("BRAND_NEW")).toBe("brand new");
});
