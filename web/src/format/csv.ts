import { lastFirst } from "@/format/names.ts";
import type { FieldOutcome, WatchOutcome } from "@/format/types.ts";
import { decisionLabel } from "@/format/words/decisions.ts";
import { caseTypeWords, fieldLabel } from "@/format/words/fields.ts";
import { outcomeWords } from "@/format/words/runs.ts";

const columns = ["Watch", "Case number", "Outcome", "Field", "Before", "Clio", "After", "Decision", "Message"];

// What spreadsheets take for a formula, also in the wide forms of East Asian keyboards.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

// Without it, Excel reads UTF-8 as the computer's own encoding.
const BYTE_ORDER_MARK = "\uFEFF";

/** All results of a run as a CSV file (RFC 4180): a row for each field; one row for a watch that was not compared. */
export function resultsCsv(results: readonly WatchOutcome[]): string {
  const rows = [columns, ...results.flatMap(rowsOf)];
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function rowsOf(result: WatchOutcome): string[][] {
  const watch = result.watch ? lastFirst(result.watch) : "Watch deleted";
  const before = [watch, result.watch?.caseNumber ?? "", outcomeWords(result.outcome)];
  const fields = result.fields.length > 0 ? result.fields.map(fieldCells) : [["", "", "", "", ""]];
  return fields.map((each) => [...before, ...each, result.message ?? ""]);
}

/** A field's cells. Dates and states stay as the API writes them: spreadsheets sort and filter by them. */
function fieldCells(result: FieldOutcome): string[] {
  const values = [result.before, result.clio, result.after].map((value) =>
    value && result.field === "CASE_TYPE" ? caseTypeWords(value) : (value ?? ""),
  );
  return [fieldLabel(result.field), ...values, decisionLabel(result.decision)];
}

function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
