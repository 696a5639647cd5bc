import { expect, test } from "vitest";
import { resultsCsv } from "@/format/csv.ts";
import type { WatchOutcome } from "@/format/types.ts";

const city = { field: "CITY", decision: "UPDATED", before: "Providence", clio: "Cranston", after: "Cranston" };
const watch = { firstName: "Robert", middleName: "James", lastName: "Whitfield", caseNumber: "2025-PR-01842" };
const updated: WatchOutcome = { watch, outcome: "UPDATED", identityChanged: false, fields: [city], message: null };

const lines = (...results: WatchOutcome[]) => resultsCsv(results).slice(1).split("\r\n");
const cells = (text: string) => lines({ ...updated, fields: [{ ...city, before: text }] })[1]?.split(",")[5];

test("the file begins with the byte order mark and the columns, and each line ends in CRLF", () => {
  expect(resultsCsv([])).toBe("\uFEFFWatch,Case number,Outcome,Field,Before,Clio,After,Decision,Message\r\n");
  expect(lines(updated).slice(1)).toEqual([
    '"Whitfield, Robert James",2025-PR-01842,Updated,City,Providence,Cranston,Cranston,Updated,',
    "",
  ]);
});

test("every result is in it: a row for each field, one for a watch without, one for a deleted watch", () => {
  const fields = Array.from({ length: 9 }, () => city);
  const found = lines(
    { ...updated, fields },
    { ...updated, outcome: "MISSING", fields: [], message: "Clio did not return the matter." },
    { ...updated, outcome: "SKIPPED", watch: null, fields: [] },
  );
  expect(found).toHaveLength(1 + 9 + 1 + 1 + 1);
  expect(found[10]).toBe(
    '"Whitfield, Robert James",2025-PR-01842,Not found in Clio,,,,,,Clio did not return the matter.',
  );
  expect(found[11]).toBe("Watch deleted,,Skipped,,,,,,");
});

test("dates and states are as spreadsheets sort them, case types in words", () => {
  const found = lines({
    ...updated,
    fields: [
      { field: "DATE_OF_BIRTH", decision: "SAME", before: "1934-08-30", clio: "1934-08-30", after: "1934-08-30" },
      { field: "STATE", decision: "EMPTY_IN_CLIO", before: "RI", clio: null, after: "RI" },
      { field: "CASE_TYPE", decision: "KEPT_LOCAL", before: "TAX", clio: "SOCIAL_SECURITY", after: "TAX" },
    ],
  });
  expect(found[1]).toMatch(/,Date of birth,1934-08-30,1934-08-30,1934-08-30,No change,$/);
  expect(found[2]).toMatch(/,State,RI,,RI,Clio has none,$/);
  expect(found[3]).toMatch(/,Case type,Tax,Social Security,Tax,Edit kept,$/);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1", "－1"])("%s is no formula", (text) => {
  expect(cells(text)).toBe(`'${text}`);
});

test("a formula is harmless in every column, also behind a tab or a line break", () => {
  expect(cells("\t=1")).toBe("'\t=1");
  expect(resultsCsv([{ ...updated, message: "\r=1" }])).toContain(`,"'\r=1"\r\n`);
  expect(resultsCsv([{ ...updated, watch: { ...watch, lastName: "=HYPERLINK(1)" } }])).toContain(
    `"'=HYPERLINK(1), Robert James"`,
  );
  expect(resultsCsv([{ ...updated, watch: { ...watch, caseNumber: "-17" } }])).toContain(",'-17,");
});

test("commas, quotation marks and line breaks are quoted", () => {
  const text = (before: string) => resultsCsv([{ ...updated, fields: [{ ...city, before }] }]);
  expect(text('Margaret "Peggy", the younger')).toContain(',"Margaret ""Peggy"", the younger",');
  expect(text("two\nlines")).toContain(',"two\nlines",');
  expect(text(" padded ")).toContain('," padded ",');
  expect(text('="a"')).toContain(`,"'=""a""",`);
});

test("letters of every language stay as they are", () => {
  expect(lines({ ...updated, watch: { ...watch, firstName: "Hạnh", lastName: "Wójcik" } })[1]).toContain(
    "Wójcik, Hạnh James",
  );
});
