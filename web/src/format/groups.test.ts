import { expect, test } from "vitest";
import { groupOf, groupResults } from "@/format/groups.ts";
import type { WatchOutcome } from "@/format/types.ts";

const watch = { firstName: "Ruth", lastName: "Abernathy", status: "ACTIVE", clioLink: {} };

function result(outcome: string, decisions: string[] = [], more: Partial<WatchOutcome> = {}): WatchOutcome {
  return {
    watch,
    outcome,
    identityChanged: false,
    fields: decisions.map((decision) => ({ field: "CITY", decision })),
    ...more,
  };
}

const gravestFirst: [WatchOutcome, string][] = [
  [result("UPDATED", ["CONFLICT", "HELD", "UPDATED"], { identityChanged: true }), "identity"],
  [result("UPDATED", ["KEPT_LOCAL", "CONFLICT", "HELD"]), "conflict"],
  [result("UPDATED", ["HELD", "OVERWROTE_LOCAL"]), "clientChanged"],
  [result("MISSING"), "missing"],
  [result("FAILED"), "failed"],
  [result("EXPLODED"), "other"],
  [result("UPDATED", ["OVERWROTE_LOCAL", "UNAVAILABLE"]), "replaced"],
  [result("UNCHANGED", ["KEPT_LOCAL", "UNUSABLE"]), "incomparable"],
  [result("UPDATED", ["UPDATED", "KEPT_LOCAL"]), "kept"],
  [result("UPDATED", ["UPDATED", "SAME"]), "updated"],
  [result("UNCHANGED", ["SAME"]), "unchanged"],
  [result("SKIPPED"), "skipped"],
];

test.each(gravestFirst)("%o is in the group %s", (each, key) => {
  expect(groupOf(each)).toBe(key);
});

test("the groups come gravest first, and each result once, whatever the run's order", () => {
  const results = gravestFirst.map(([each]) => each).reverse();
  const groups = groupResults(results);
  expect(groups.map((each) => each.key)).toEqual(gravestFirst.map(([, key]) => key));
  expect(groups.flatMap((each) => each.results)).toHaveLength(results.length);
  expect(new Set(groups.flatMap((each) => each.results)).size).toBe(results.length);
  expect(groups.filter((each) => each.needsAttention).map((each) => each.key)).toEqual([
    "identity",
    "conflict",
    "clientChanged",
    "missing",
    "failed",
    "other",
  ]);
});

test("the gravest can fold too, and Clio keeps its capital", () => {
  const groups = groupResults([result("UNCHANGED", ["HELD"]), result("MISSING")]);
  expect(groups.map((each) => each.fold.strong)).toEqual(["1 client changed in Clio", "1 not found in Clio"]);
});

test("within a group the run's order stays, and empty groups are left out", () => {
  const [a, b, c] = [result("MISSING"), result("UNCHANGED"), result("MISSING")];
  const groups = groupResults([a, b, c]);
  expect(groups.map((each) => each.key)).toEqual(["missing", "unchanged"]);
  expect(groups[0]?.results).toEqual([a, c]);
  expect(groupResults([])).toEqual([]);
});

test("the words are those of the design", () => {
  const groups = groupResults(gravestFirst.map(([each]) => each).concat(result("MISSING")));
  const missing = groups.find((each) => each.key === "missing");
  expect(missing).toMatchObject({
    heading: "Not found in Clio",
    size: "2 watches",
    sentence: "The matter was deleted, or is hidden from the connected user. The watch stays as it is.",
  });
  expect(groups[0]?.sentence).toBe(
    "A name, birth date or state is different now. Obituaries are matched against the new value.",
  );
});

test("while the run goes on, the rest is more than what is shown", () => {
  const groups = groupResults([result("UPDATED", ["UPDATED"]), result("UPDATED", [], { identityChanged: true })], {
    live: true,
  });
  expect(groups[0]?.sentence).toMatch(/Check that it is still the right person\.$/);
  expect(groups[1]?.fold).toEqual({ strong: "1 more updated", rest: "" });
});

test("a preview says what would happen", () => {
  const groups = groupResults(
    gravestFirst.map(([each]) => each),
    { preview: true },
  );
  expect(groups.map((each) => each.heading)).toEqual([
    "Identity would change",
    "Conflict",
    "Client changed in Clio",
    "Not found in Clio",
    "Failed",
    "Something else",
    "Edits would be replaced",
    "Could not compare",
    "Edits would be kept",
    "Would update",
    "No change",
    "Skipped",
  ]);
  for (const { sentence, fold } of groups) {
    expect(`${sentence} ${fold.strong}`).not.toMatch(
      /(was|is) (changed|different|taken)|Nothing changed|took|\d updated|edits? kept/,
    );
  }
});

const kept = (...reasons: (string | null)[]) =>
  result("UNCHANGED", [], { fields: reasons.map((reason) => ({ field: "CITY", decision: "KEPT_LOCAL", reason })) });

test.each([
  [[kept("SETTLED"), kept("SETTLED", "SETTLED")], "2 edits kept", ", as decided before"],
  [[kept("POLICY")], "1 edit kept", ", as Keep local says"],
  [[kept("EDITED_SINCE")], "1 edit kept", ", edited while Clio was asked"],
  [[kept("SETTLED"), kept("POLICY")], "2 edits kept", ""],
  [[kept(null)], "1 edit kept", ""],
  [[kept("constructor")], "1 edit kept", ""],
  [
    [result("SKIPPED", [], { watch: { ...watch, status: "ARCHIVED" } })],
    "1 skipped",
    ", archived since the sync began",
  ],
  [[result("SKIPPED", [], { watch: null })], "1 skipped", ", deleted since the sync began"],
  [[result("SKIPPED", [], { watch: { ...watch, clioLink: null } })], "1 skipped", ", unlinked since the sync began"],
  [[result("SKIPPED")], "1 skipped", ", checked by a newer sync"],
  [[result("SKIPPED"), result("SKIPPED", [], { watch: null })], "2 skipped", ""],
  [[result("SKIPPED", [], { watch: undefined })], "1 skipped", ""],
  [[result("UPDATED", ["UPDATED"])], "1 updated", " with nothing to decide"],
  [[result("UNCHANGED", ["SAME"])], "1 no change", ""],
  [[result("UNCHANGED", ["UNAVAILABLE"])], "1 could not be compared", " in all fields"],
  [[result("UPDATED", ["OVERWROTE_LOCAL"])], "1 edit replaced", ""],
])("the folded line of %o", (results, strong, rest) => {
  expect(groupResults(results)[0]?.fold).toEqual({ strong, rest });
});
