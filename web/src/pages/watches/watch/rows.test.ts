import { expect, test } from "vitest";
import { type FieldFacts, row } from "./rows.ts";

const facts = (over: Partial<FieldFacts> = {}): FieldFacts => ({
  field: "CITY",
  value: "Cranston",
  clio: "Cranston",
  origin: "CLIO",
  editedAt: null,
  editedBy: null,
  ...over,
});
const result = (decision: string, before: string | null, clio: string | null, after: string | null) => ({
  isPreview: false,
  fields: [{ field: "CITY", decision, before, clio, after }],
});

test("a field that a sync changed is marked until its value is another", () => {
  const marks = result("UPDATED", "Providence", "Cranston", "Cranston");
  expect(row(facts(), [], marks)).toMatchObject({ kind: "changed", mark: { before: "Providence" }, clioDiffers: null });
  const back = row(facts({ value: "Providence", origin: "LOCAL" }), [], marks);
  expect(back).toMatchObject({ kind: "plain", clioDiffers: "Cranston" });
  expect(back.mark).toBeUndefined();
});

test("a preview marks the value that it saw", () => {
  const marks = { ...result("UPDATED", "Providence", "Cranston", "Cranston"), isPreview: true };
  expect(row(facts({ value: "Providence", clio: "Providence" }), [], marks).kind).toBe("wouldChange");
  expect(row(facts(), [], marks).kind).toBe("plain");
});

test("a kept edit shows Clio's value beneath", () => {
  const marks = result("KEPT_LOCAL", "Ours", "Cranston", "Ours");
  expect(row(facts({ value: "Ours", origin: "LOCAL" }), [], marks)).toMatchObject({
    kind: "kept",
    clioDiffers: "Cranston",
  });
});

test("an open conflict shows the value that it is about", () => {
  const conflict = { id: "1", field: "CITY", clio: "Warwick" };
  const found = row(facts({ value: "Ours", origin: "LOCAL" }), [conflict], undefined);
  expect(found).toMatchObject({ kind: "conflict", conflict, clioDiffers: "Warwick" });
});

test("an emptied field is no edit beneath which Clio's value stands", () => {
  expect(row(facts({ value: null, origin: "NONE" }), [], undefined).clioDiffers).toBeNull();
});
