-- What an update of checks moved is counted without a join of the rows before and after: those tables have no index, and PostgreSQL compared each of
-- a run's hundred rows with each. A time that stays takes away what it adds.
CREATE OR REPLACE FUNCTION count_checks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_sync_times(moved.firm_id, moved.at, sum(moved.added)::bigint)
    FROM (
      SELECT firm_id, watch_id, last_synced_at AS at, -1 AS added FROM before
      UNION ALL
      SELECT firm_id, watch_id, last_synced_at, 1 FROM checked
    ) AS moved JOIN clio_links l ON l.firm_id = moved.firm_id AND l.watch_id = moved.watch_id
    WHERE l.active AND moved.at IS NOT NULL GROUP BY moved.firm_id, moved.at HAVING sum(moved.added) <> 0 ORDER BY moved.firm_id, moved.at;
  RETURN NULL;
END $$;
