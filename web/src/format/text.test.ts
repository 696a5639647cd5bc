import { expect, test } from "vitest";
import { capitalized, sentence } from "@/format/text.ts";

test("a sentence ends with one mark", () => {
  expect(sentence("Clio has Bob")).toBe("Clio has Bob.");
  expect(sentence("Clio has Francis X.")).toBe("Clio has Francis X.");
  expect(sentence("Which one?")).toBe("Which one?");
});

test("only the first letter becomes a capital", () => {
  expect(capitalized("élan Vital")).toBe("Élan Vital");
  expect(capitalized("")).toBe("");
});
