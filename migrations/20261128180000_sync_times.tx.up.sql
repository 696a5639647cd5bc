-- How many of a firm's active linked watches were last synced at a time, so that the oldest is found at once. The watches of a run share their times: a
-- run writes two rows. Triggers write it, as they do firm_counts; who writes a link or its check holds the watch's lock.
LOCK TABLE watches, clio_links, clio_link_checks IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE sync_times (
  firm_id        text COLLATE "C" NOT NULL REFERENCES firms ON DELETE CASCADE,
  last_synced_at timestamptz NOT NULL,
  watches        bigint NOT NULL,
  PRIMARY KEY (firm_id, last_synced_at)
);

-- The transaction's row of firm_counts is written first, whichever of the two tables it comes to count in first, so that none waits in a circle.
CREATE FUNCTION add_to_sync_times(firm text, synced_at timestamptz, added bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_firm_counts(firm, 0, 0, 0, 0, 0);
  IF added > 0 THEN
    INSERT INTO sync_times AS t SELECT f.id, synced_at, added FROM firms f WHERE f.id = firm
      ON CONFLICT (firm_id, last_synced_at) DO UPDATE SET watches = t.watches + excluded.watches;
  ELSIF added < 0 THEN
    UPDATE sync_times SET watches = watches + added WHERE firm_id = firm AND last_synced_at = synced_at;
    DELETE FROM sync_times WHERE firm_id = firm AND last_synced_at = synced_at AND watches = 0;
  END IF;
END $$;

CREATE FUNCTION count_new_checks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_sync_times(c.firm_id, c.last_synced_at, count(*)) FROM checked c JOIN clio_links l ON l.firm_id = c.firm_id AND l.watch_id = c.watch_id
    WHERE l.active AND c.last_synced_at IS NOT NULL GROUP BY c.firm_id, c.last_synced_at ORDER BY c.firm_id, c.last_synced_at;
  RETURN NULL;
END $$;
CREATE TRIGGER clio_link_checks_count_new AFTER INSERT ON clio_link_checks REFERENCING NEW TABLE AS checked
  FOR EACH STATEMENT EXECUTE FUNCTION count_new_checks();

-- Without a join of the rows before and after: those have no index, and each would be compared with each. A time that stays takes away what it adds.
CREATE FUNCTION count_checks() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER clio_link_checks_count AFTER UPDATE ON clio_link_checks REFERENCING OLD TABLE AS before NEW TABLE AS checked
  FOR EACH STATEMENT EXECUTE FUNCTION count_checks();

-- A link takes its check along when it ends, which has to be counted before.
CREATE FUNCTION count_link_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_sync_times(c.firm_id, c.last_synced_at, CASE WHEN TG_OP = 'DELETE' OR old.active THEN -1 ELSE 1 END)
    FROM clio_link_checks c WHERE c.firm_id = old.firm_id AND c.watch_id = old.watch_id AND c.last_synced_at IS NOT NULL;
  IF TG_OP = 'DELETE' THEN
    RETURN old;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER clio_links_count_check_active AFTER UPDATE ON clio_links
  FOR EACH ROW WHEN (old.active IS DISTINCT FROM new.active) EXECUTE FUNCTION count_link_check();
CREATE TRIGGER clio_links_count_check_ended BEFORE DELETE ON clio_links
  FOR EACH ROW WHEN (old.active) EXECUTE FUNCTION count_link_check();

-- What there is already.
INSERT INTO sync_times
SELECT c.firm_id, c.last_synced_at, count(*) FROM clio_link_checks c JOIN clio_links l ON l.firm_id = c.firm_id AND l.watch_id = c.watch_id
WHERE l.active AND c.last_synced_at IS NOT NULL GROUP BY c.firm_id, c.last_synced_at;
