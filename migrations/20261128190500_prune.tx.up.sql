-- Pruning forgets the watches of a run, too: also those of runs that an earlier version pruned, a few at a time.
DROP INDEX sync_runs_to_prune;
CREATE INDEX sync_runs_to_prune ON sync_runs (finished_at) WHERE finished_at IS NOT NULL AND (pruned_at IS NULL OR watch_ids <> '{}');
