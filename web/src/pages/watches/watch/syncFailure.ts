import type { CombinedError } from "urql";
import { reasonOf, type UserError } from "@/api/errors.ts";
import type { Clock } from "@/format/dates.ts";
import { retryWords, userErrorWords } from "@/format/words/errors.ts";

/** Why a sync did nothing, and the way out. */
export interface SyncFailure {
  title: string;
  text: string;
  wayOut: "retry" | "connect" | "none";
}

/** Why a sync did nothing: "Clio did not answer. Nothing was changed." */
export function syncFailure(
  userErrors: readonly UserError[],
  error: CombinedError | undefined,
  clock: Clock,
): SyncFailure | undefined {
  if (error) return { title: "The sync did not start, or its answer was lost", text: reasonOf(error), wayOut: "retry" };
  const [problem] = userErrors;
  if (!problem) return undefined;
  const untouched = "Nothing was changed.";
  switch (problem.code) {
    case "CLIO_UNAVAILABLE":
      return { title: "Clio did not answer", text: untouched, wayOut: "retry" };
    case "CLIO_RATE_LIMITED":
      return {
        title: "Clio’s limit is reached",
        text: `${untouched} ${retryWords(problem.retryAt, clock)}`,
        wayOut: "retry",
      };
    case "CLIO_NOT_CONNECTED":
    case "CLIO_NOT_CONFIGURED":
      return { title: "Clio is not connected", text: untouched, wayOut: "connect" };
    default:
      return { title: "The watch was not synced", text: userErrorWords(problem, { clock }), wayOut: "none" };
  }
}
