import { expect, test } from "vitest";
import { identityChanges, identityConsequence, identitySentence } from "@/format/identity.ts";

const changed = (field: string, before: string | null, after: string | null, decision = "UPDATED") => ({
  field,
  decision,
  before,
  clio: after,
  after,
});

test("a changed first name is told with its consequence", () => {
  const [change] = identityChanges([changed("FIRST_NAME", "Catherine", "Katherine")]);
  if (!change) throw new Error("no change");
  expect(change.heading).toBe("First name changed");
  expect(identitySentence(change)).toBe("First name changed from Catherine to Katherine.");
  expect(identityConsequence(change)).toBe("Obituaries are now matched against Katherine.");
});

test("names, birth date and state are the identity, in the order of the fields, as they are shown", () => {
  const found = identityChanges([
    changed("LAST_NAME", "Illingworth", "Shaw", "OVERWROTE_LOCAL"),
    changed("DATE_OF_BIRTH", "1927-10-30", "1927-10-03"),
    changed("CITY", "Savannah", "Bluffton"),
    changed("STATE", "GA", "SC"),
    changed("ASSIGNED_TO", "Odalys Reyes-Whitcombe", "Tobias Brandt"),
  ]);
  expect(found.map((each) => `${each.heading}: ${each.from}, ${each.to}`)).toEqual([
    "Last name changed: Illingworth, Shaw",
    "Date of birth changed: Oct 30, 1927, Oct 3, 1927",
    "State changed: Georgia (GA), South Carolina (SC)",
  ]);
});

test("what was filled or kept is no identity change", () => {
  expect(identityChanges([changed("STATE", null, "SC")])).toEqual([]);
  expect(identityChanges([{ ...changed("FIRST_NAME", "Robert", "Robert", "CONFLICT"), clio: "Bob" }])).toEqual([]);
});

test("a preview doesn't say that it has happened", () => {
  const [change] = identityChanges([changed("FIRST_NAME", "Catherine", "Katherine")], true);
  if (!change) throw new Error("no change");
  expect(identitySentence(change)).toBe("First name would change from Catherine to Katherine.");
  expect(identityConsequence(change, true)).toBe("Obituaries would then be matched against Katherine.");
});
