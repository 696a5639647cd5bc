-- What lists and counts of a large firm are read by. Each was chosen by its plan for a firm of 10,000 among a million watches
-- (BENCHMARKS.md, Plans).
CREATE INDEX watches_archived ON watches (firm_id, id) WHERE status = 'ARCHIVED'; -- few: what is left is active
CREATE INDEX clio_links_of_a_firm ON clio_links (firm_id, watch_id) INCLUDE (state, last_synced_at);
CREATE INDEX clio_links_in_trouble ON clio_links (firm_id, state, watch_id) WHERE state <> 'LINKED';
CREATE INDEX sync_conflicts_of_a_watch ON sync_conflicts (firm_id, watch_id);
CREATE INDEX sync_runs_of_all_watches ON sync_runs (firm_id, id DESC) WHERE scope = 'ALL' AND NOT dry_run;
