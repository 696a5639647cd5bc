import { resultsCsv } from "@/format/csv.ts";
import type { Result, Run } from "./fragments.ts";

/** Gives the browser all results of a run as a CSV file, named by the day and time of the run. */
export function downloadCsv(run: Run, results: readonly Result[]) {
  const url = URL.createObjectURL(new Blob([resultsCsv(results)], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${run.dryRun ? "preview" : "sync"}-${run.createdAt.slice(0, 16).replace("T", "-").replace(":", "")}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
