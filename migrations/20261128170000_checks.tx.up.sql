-- What each check by a sync changes, apart from what it seldom does: a watch that didn't change costs a new version of a narrow row. None of
-- these columns is indexed, so that PostgreSQL keeps the versions on one page (HOT); half of each page is left free for the second version.
CREATE TABLE clio_link_checks (
  firm_id            text COLLATE "C" NOT NULL,
  watch_id           text COLLATE "C" NOT NULL,
  manual_round_id    text COLLATE "C",     -- the manual round that has the watch behind it: one may pause while others pass
  automatic_round_id text COLLATE "C",     -- the scheduled or login round that has
  asked_at           timestamptz NOT NULL,
  checked_at         timestamptz NOT NULL,
  last_synced_at     timestamptz,
  PRIMARY KEY (firm_id, watch_id)
) WITH (fillfactor = 50);

INSERT INTO clio_link_checks (firm_id, watch_id, manual_round_id, automatic_round_id, asked_at, checked_at, last_synced_at)
  SELECT l.firm_id, l.watch_id, manual.round_id, automatic.round_id, l.asked_at, l.checked_at, l.last_synced_at
  FROM clio_links l
  LEFT JOIN (
    SELECT DISTINCT ON (firm_id) firm_id, round_id FROM sync_runs
    WHERE scope = 'ALL' AND NOT dry_run AND trigger = 'MANUAL' ORDER BY firm_id, id DESC
  ) AS last_manual ON last_manual.firm_id = l.firm_id
  LEFT JOIN (
    SELECT DISTINCT ON (firm_id) firm_id, round_id FROM sync_runs
    WHERE scope = 'ALL' AND NOT dry_run AND trigger <> 'MANUAL' ORDER BY firm_id, id DESC
  ) AS last_automatic ON last_automatic.firm_id = l.firm_id
  LEFT JOIN sync_results AS manual ON manual.round_id = last_manual.round_id AND manual.watch_id = l.watch_id
  LEFT JOIN sync_results AS automatic ON automatic.round_id = last_automatic.round_id AND automatic.watch_id = l.watch_id;

-- The index on the columns that are dropped goes with them.
ALTER TABLE clio_links DROP COLUMN asked_at, DROP COLUMN checked_at, DROP COLUMN last_synced_at;
CREATE UNIQUE INDEX clio_links_of_a_firm ON clio_links (firm_id, watch_id) INCLUDE (state);
ALTER TABLE clio_link_checks ADD FOREIGN KEY (firm_id, watch_id) REFERENCES clio_links (firm_id, watch_id) ON DELETE CASCADE;
