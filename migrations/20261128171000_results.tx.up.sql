-- A run's results are one document beside the run (internal/postgres/results_document.go): its first byte says how the rest is to be read.
-- Documents of runs before this migration have the form 1, JSON.
ALTER TABLE sync_runs ADD COLUMN results bytea;

-- Ids of results from before: later ones have the run's id in them. They go with their run's results.
CREATE TABLE migrated_results (
  id      text COLLATE "C" PRIMARY KEY,
  firm_id text COLLATE "C" NOT NULL,
  run_id  text COLLATE "C" NOT NULL REFERENCES sync_runs ON DELETE CASCADE
);
INSERT INTO migrated_results (id, firm_id, run_id) SELECT id, firm_id, run_id FROM sync_results;
CREATE INDEX migrated_results_of_a_run ON migrated_results (run_id);

ALTER TABLE sync_runs DISABLE TRIGGER sync_runs_notify; -- nothing that anybody follows changes
UPDATE sync_runs r SET results = documents.document FROM (
  SELECT run_id, '\x01'::bytea || convert_to(jsonb_agg(jsonb_build_object('id', id, 'outcome', outcome, 'identityChanged', identity_changed,
    'message', message, 'fields', fields) ORDER BY position)::text, 'UTF8') AS document
  FROM sync_results GROUP BY run_id
) AS documents WHERE documents.run_id = r.id;
ALTER TABLE sync_runs ENABLE TRIGGER sync_runs_notify;

DROP TABLE sync_results;
