/** A person's name, as a watch has it. */
export interface PersonName {
  firstName: string;
  middleName?: string | null;
  lastName: string;
}

/** What a sync decided about one field. */
export interface FieldOutcome {
  field: string;
  decision: string;
  reason?: string | null;
  before?: string | null;
  clio?: string | null;
  after?: string | null;
}

/** The watch of a result, as it is now. */
export interface ResultWatch extends PersonName {
  caseNumber?: string | null;
  status?: string;
  clioLink?: object | null;
}

/** What a sync did with one watch; the watch is null when it was deleted since. */
export interface WatchOutcome {
  watch?: ResultWatch | null;
  outcome: string;
  identityChanged: boolean;
  fields: readonly FieldOutcome[];
  message?: string | null;
}

/** How many watches a run chose, and how each ended. */
export interface OutcomeCounts {
  selected: number;
  updated: number;
  unchanged: number;
  missing: number;
  skipped: number;
  failed: number;
}

/** The counts of a run that a round adds up. */
export interface RoundCounts extends OutcomeCounts {
  conflicts: number;
  identityChanged: number;
}

/** A run, as the list of past syncs asks for it. */
export interface RoundRun {
  id: string;
  roundId: string;
  trigger: string;
  scope: string;
  dryRun: boolean;
  status: string;
  counts: RoundCounts;
  remaining: number;
  createdAt: string;
  startedAt?: string | null;
  finishedAt?: string | null;
  problem?: string | null;
  problemCode?: string | null;
  requestedBy?: { name: string } | null;
  undoneAt?: string | null;
}
