-- Each of a firm's watches by the time of its last sync, which moves with each check: an index on it would cost each of them another entry in
-- every index. The watches of a run share their time, and the run writes one row for them. Triggers write both tables, as they do firm_counts; who
-- writes a link or its check holds the watch's lock.
LOCK TABLE watches, clio_links, clio_link_checks IN SHARE ROW EXCLUSIVE MODE;

-- Until now it was counted how many watches were last synced at a time.
DROP TRIGGER clio_link_checks_count_new ON clio_link_checks;
DROP TRIGGER clio_link_checks_count ON clio_link_checks;
DROP TRIGGER clio_links_count_check_active ON clio_links;
DROP TRIGGER clio_links_count_check_ended ON clio_links;
DROP FUNCTION count_new_checks, count_checks, count_link_check, add_to_sync_times;
DROP TABLE sync_times;

-- The active linked watches that were last synced at a time.
CREATE TABLE sync_times (
  firm_id        text COLLATE "C" NOT NULL REFERENCES firms ON DELETE CASCADE,
  last_synced_at timestamptz NOT NULL,
  watch_ids      text[] COLLATE "C" NOT NULL,
  PRIMARY KEY (firm_id, last_synced_at)
);

-- Every other watch, one by one: -infinity if it was never synced.
CREATE TABLE other_sync_times (
  firm_id        text COLLATE "C" NOT NULL,
  watch_id       text COLLATE "C" NOT NULL,
  linked         boolean NOT NULL,
  last_synced_at timestamptz NOT NULL,
  PRIMARY KEY (firm_id, watch_id),
  FOREIGN KEY (firm_id, watch_id) REFERENCES watches (firm_id, id) ON DELETE CASCADE
);
CREATE INDEX other_sync_times_in_order ON other_sync_times (firm_id, linked, last_synced_at, watch_id);

-- The transaction's row of firm_counts is written first, whichever of the two tables it comes to first, so that none waits in a circle.
CREATE FUNCTION move_sync_times(firm text, synced_at timestamptz, added text[], removed text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_firm_counts(firm, 0, 0, 0, 0, 0);
  IF removed IS NOT NULL THEN
    DELETE FROM sync_times WHERE firm_id = firm AND last_synced_at = synced_at AND cardinality(watch_ids) = cardinality(removed);
    IF NOT FOUND THEN
      UPDATE sync_times SET watch_ids = ARRAY(SELECT unnest(watch_ids) EXCEPT SELECT unnest(removed))
        WHERE firm_id = firm AND last_synced_at = synced_at;
      DELETE FROM sync_times WHERE firm_id = firm AND last_synced_at = synced_at AND watch_ids = '{}'; -- others were removed meanwhile
    END IF;
  END IF;
  IF added IS NOT NULL THEN
    INSERT INTO sync_times AS t SELECT f.id, synced_at, added FROM firms f WHERE f.id = firm
      ON CONFLICT (firm_id, last_synced_at) DO UPDATE SET watch_ids = t.watch_ids || excluded.watch_ids;
  END IF;
END $$;

-- Sets what other_sync_times has of these watches to what is so. Each is looked up by itself: a plan that knows no firm would read a large one.
CREATE FUNCTION set_other_sync_times(firm text, ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM other_sync_times o USING unnest(ids) AS listed (id),
    LATERAL (SELECT FROM clio_links t WHERE t.firm_id = firm AND t.watch_id = listed.id AND t.active OFFSET 0) AS l,
    LATERAL (SELECT FROM clio_link_checks t WHERE t.firm_id = firm AND t.watch_id = listed.id AND t.last_synced_at IS NOT NULL OFFSET 0) AS c
    WHERE o.firm_id = firm AND o.watch_id = listed.id;
  INSERT INTO other_sync_times AS o
    SELECT firm, w.id, l.active IS NOT NULL, coalesce(CASE WHEN l.active IS NULL THEN w.unlinked_last_synced_at ELSE c.last_synced_at END, '-infinity')
    FROM unnest(ids) AS other (id)
    CROSS JOIN LATERAL (SELECT * FROM watches t WHERE t.firm_id = firm AND t.id = other.id OFFSET 0) AS w
    LEFT JOIN LATERAL (SELECT * FROM clio_links t WHERE t.firm_id = firm AND t.watch_id = other.id OFFSET 0) AS l ON true
    LEFT JOIN LATERAL (SELECT * FROM clio_link_checks t WHERE t.firm_id = firm AND t.watch_id = other.id OFFSET 0) AS c ON true
    WHERE l.active IS NOT TRUE OR c.last_synced_at IS NULL
    ON CONFLICT (firm_id, watch_id) DO UPDATE SET linked = excluded.linked, last_synced_at = excluded.last_synced_at
      WHERE (o.linked, o.last_synced_at) <> (excluded.linked, excluded.last_synced_at);
END $$;

CREATE FUNCTION list_new_watches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO other_sync_times SELECT firm_id, id, false, coalesce(unlinked_last_synced_at, '-infinity') FROM created;
  RETURN NULL;
END $$;
CREATE TRIGGER watches_list_new AFTER INSERT ON watches REFERENCING NEW TABLE AS created
  FOR EACH STATEMENT EXECUTE FUNCTION list_new_watches();

CREATE FUNCTION list_new_checks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM move_sync_times(c.firm_id, c.last_synced_at, array_agg(c.watch_id), NULL)
    FROM checked c JOIN clio_links l ON l.firm_id = c.firm_id AND l.watch_id = c.watch_id
    WHERE l.active AND c.last_synced_at IS NOT NULL GROUP BY c.firm_id, c.last_synced_at ORDER BY c.firm_id, c.last_synced_at;
  PERFORM set_other_sync_times(c.firm_id, array_agg(c.watch_id)) FROM checked c GROUP BY c.firm_id;
  RETURN NULL;
END $$;
CREATE TRIGGER clio_link_checks_list_new AFTER INSERT ON clio_link_checks REFERENCING NEW TABLE AS checked
  FOR EACH STATEMENT EXECUTE FUNCTION list_new_checks();

-- Without a join of the rows before and after: those have no index, and each would be compared with each. A time that stays takes away what it adds.
CREATE FUNCTION list_checks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM CASE WHEN l.active AND moved.at IS NOT NULL
      THEN move_sync_times(moved.firm_id, moved.at,
        array_agg(moved.watch_id) FILTER (WHERE moved.added > 0), array_agg(moved.watch_id) FILTER (WHERE moved.added < 0))
      ELSE set_other_sync_times(moved.firm_id, array_agg(moved.watch_id))
    END
    FROM (
      SELECT firm_id, watch_id, at, sum(added) AS added FROM (
        SELECT firm_id, watch_id, last_synced_at AS at, -1 AS added FROM before
        UNION ALL
        SELECT firm_id, watch_id, last_synced_at, 1 FROM checked
      ) AS times GROUP BY firm_id, watch_id, at HAVING sum(added) <> 0
    ) AS moved JOIN clio_links l ON l.firm_id = moved.firm_id AND l.watch_id = moved.watch_id
    GROUP BY moved.firm_id, moved.at, l.active ORDER BY moved.firm_id, moved.at;
  RETURN NULL;
END $$;
CREATE TRIGGER clio_link_checks_list AFTER UPDATE ON clio_link_checks REFERENCING OLD TABLE AS before NEW TABLE AS checked
  FOR EACH STATEMENT EXECUTE FUNCTION list_checks();

-- A link takes its check along when it ends, which has to be looked up before.
CREATE FUNCTION list_link_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids   text[]  := ARRAY[old.watch_id];
  added boolean := TG_OP = 'UPDATE' AND NOT old.active;
BEGIN
  PERFORM move_sync_times(firm_id, last_synced_at, CASE WHEN added THEN ids END, CASE WHEN NOT added THEN ids END) FROM clio_link_checks
    WHERE firm_id = old.firm_id AND watch_id = old.watch_id AND last_synced_at IS NOT NULL;
  IF TG_OP = 'DELETE' THEN
    RETURN old;
  END IF;
  PERFORM set_other_sync_times(old.firm_id, ids);
  RETURN NULL;
END $$;
CREATE TRIGGER clio_links_list_active AFTER UPDATE ON clio_links
  FOR EACH ROW WHEN (old.active IS DISTINCT FROM new.active) EXECUTE FUNCTION list_link_check();
CREATE TRIGGER clio_links_list_ending BEFORE DELETE ON clio_links
  FOR EACH ROW WHEN (old.active) EXECUTE FUNCTION list_link_check();

CREATE FUNCTION list_ended_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_other_sync_times(firm_id, array_agg(watch_id)) FROM ended GROUP BY firm_id;
  RETURN NULL;
END $$;
CREATE TRIGGER clio_links_list_ended AFTER DELETE ON clio_links REFERENCING OLD TABLE AS ended
  FOR EACH STATEMENT EXECUTE FUNCTION list_ended_links();

-- What there is already.
INSERT INTO sync_times
SELECT c.firm_id, c.last_synced_at, array_agg(c.watch_id) FROM clio_link_checks c JOIN clio_links l ON l.firm_id = c.firm_id AND l.watch_id = c.watch_id
WHERE l.active AND c.last_synced_at IS NOT NULL GROUP BY c.firm_id, c.last_synced_at;
INSERT INTO other_sync_times
SELECT w.firm_id, w.id, l.active IS NOT NULL, coalesce(CASE WHEN l.active IS NULL THEN w.unlinked_last_synced_at ELSE c.last_synced_at END, '-infinity')
FROM watches w LEFT JOIN clio_links l ON l.firm_id = w.firm_id AND l.watch_id = w.id
  LEFT JOIN clio_link_checks c ON c.firm_id = w.firm_id AND c.watch_id = w.id
WHERE l.active IS NOT TRUE OR c.last_synced_at IS NULL;
