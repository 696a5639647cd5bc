import { number } from "@/format/counts.ts";
import { pageSize } from "./search.ts";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** On a page of the list of watches: where each page before it began, "" for the first. */
    watchPages?: string[];
  }
}

/** What a page says of those beside it. */
export interface PageFacts {
  rows: number;
  hasPrevious: boolean;
  hasNext: boolean;
}

/** How many watches precede the page; undefined where nobody knows, as after opening the address of a later page. */
export function rowsBefore(pages: string[] | undefined, facts: PageFacts, total: number | undefined) {
  if (!facts.hasPrevious) return 0;
  if (pages) return pages.length * pageSize;
  return facts.hasNext || total === undefined ? undefined : Math.max(0, total - facts.rows);
}

/** Which watches the page shows: "1 to 50 of 1,297". */
export function rangeWords(before: number | undefined, facts: PageFacts, total: number | undefined): string {
  const of = total === undefined ? "" : ` of ${number(total)}`;
  if (before === undefined) return `${number(facts.rows)}${of}`;
  return `${number(before + 1)} to ${number(before + facts.rows)}${of}`;
}
