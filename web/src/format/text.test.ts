import { expect, test } from "vitest";
import { capitalized, listed, sentence } from "@/format/text.ts";

test("a sentence ends with one mark", () => {
  expect(sentence("Clio has Bob")).toBe("Clio has Bob.");
  expect(sentence("Clio has Francis X.")).toBe("Clio has Francis X.");
  expect(sentence("Which one?")).toBe("Which one?");
});

test("only the first letter becomes a capital", () => {
  expect(capitalized("élan Vital")).toBe("Élan Vital");
  expect(capitalized("")).toBe("");
});

test("the last item of a list stands after and", () => {
  expect(listed([])).toBe("");
  expect(listed(["a"])).toBe("a");
  expect(listed(["a", "b"])).toBe("a and b");
  expect(listed(["a", "b", "c"])).toBe("a, b and c");
});
