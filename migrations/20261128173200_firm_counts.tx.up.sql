-- What a firm's status shows is counted in the transaction that changes it, by triggers, and read without counting
-- (docs/architecture.md#counters).
LOCK TABLE watches, clio_links, sync_conflicts IN SHARE ROW EXCLUSIVE MODE;

-- A firm's counts are the sums of its rows. There are eight, so that transactions of one firm that count seldom wait for each other; each
-- has its slot from its connection.
CREATE TABLE firm_counts (
  firm_id                text COLLATE "C" NOT NULL REFERENCES firms ON DELETE CASCADE,
  slot                   int    NOT NULL,
  linked_watches         bigint NOT NULL, -- these three of active watches
  missing_watches        bigint NOT NULL,
  client_changed_watches bigint NOT NULL,
  open_conflicts         bigint NOT NULL,
  watches_with_conflicts bigint NOT NULL,
  PRIMARY KEY (firm_id, slot)
) WITH (fillfactor = 50);

-- The watches that have open conflicts. The triggers of sync_conflicts alone write it: a foreign key would remove rows that aren't counted yet.
CREATE TABLE watches_with_conflicts (
  watch_id text COLLATE "C" PRIMARY KEY,
  firm_id  text COLLATE "C" NOT NULL
);

-- Whether the link's watch is active, which no one but triggers writes.
ALTER TABLE clio_links ADD COLUMN active boolean NOT NULL DEFAULT true;
UPDATE clio_links l SET active = false FROM watches w WHERE w.id = l.watch_id AND w.status <> 'ACTIVE';

CREATE FUNCTION set_link_active() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.active := coalesce((SELECT w.status = 'ACTIVE' FROM watches w WHERE w.firm_id = new.firm_id AND w.id = new.watch_id), true);
  RETURN new;
END $$;
CREATE TRIGGER clio_links_set_active BEFORE INSERT ON clio_links FOR EACH ROW EXECUTE FUNCTION set_link_active();

CREATE FUNCTION follow_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE clio_links SET active = (new.status = 'ACTIVE') WHERE firm_id = new.firm_id AND watch_id = new.id;
  RETURN NULL;
END $$;
CREATE TRIGGER watches_follow_status AFTER UPDATE ON watches
  FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION follow_status();

-- A firm that is being deleted isn't counted any more.
CREATE FUNCTION add_to_firm_counts(firm text, linked bigint, missing bigint, client_changed bigint, conflicts bigint, conflicted bigint)
  RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO firm_counts AS c SELECT f.id, pg_backend_pid() % 8, linked, missing, client_changed, conflicts, conflicted FROM firms f WHERE f.id = firm
  ON CONFLICT (firm_id, slot) DO UPDATE SET
    linked_watches = c.linked_watches + excluded.linked_watches,
    missing_watches = c.missing_watches + excluded.missing_watches,
    client_changed_watches = c.client_changed_watches + excluded.client_changed_watches,
    open_conflicts = c.open_conflicts + excluded.open_conflicts,
    watches_with_conflicts = c.watches_with_conflicts + excluded.watches_with_conflicts;
END $$;

CREATE FUNCTION count_links() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  PERFORM add_to_firm_counts(firm_id, sign * count(*), sign * count(*) FILTER (WHERE state = 'MISSING'),
    sign * count(*) FILTER (WHERE state = 'CLIENT_CHANGED'), 0, 0) FROM changed WHERE active GROUP BY firm_id ORDER BY firm_id;
  RETURN NULL;
END $$;
CREATE TRIGGER clio_links_count_new AFTER INSERT ON clio_links REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_links();
CREATE TRIGGER clio_links_count_ended AFTER DELETE ON clio_links REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_links();

CREATE FUNCTION count_link_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_firm_counts(new.firm_id, new.active::int - old.active::int,
    (new.active AND new.state = 'MISSING')::int - (old.active AND old.state = 'MISSING')::int,
    (new.active AND new.state = 'CLIENT_CHANGED')::int - (old.active AND old.state = 'CLIENT_CHANGED')::int, 0, 0);
  RETURN NULL;
END $$;
CREATE TRIGGER clio_links_count_change AFTER UPDATE ON clio_links
  FOR EACH ROW WHEN ((old.state, old.active) IS DISTINCT FROM (new.state, new.active)) EXECUTE FUNCTION count_link_change();

-- One statement may close and open conflicts of one watch. Whichever is counted first, both see what is left.
CREATE FUNCTION count_opened_conflicts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  opened record;
BEGIN
  FOR opened IN
    WITH first AS (
      INSERT INTO watches_with_conflicts (watch_id, firm_id) SELECT DISTINCT watch_id, firm_id FROM changed ON CONFLICT DO NOTHING RETURNING firm_id
    )
    SELECT c.firm_id, count(*) AS conflicts, (SELECT count(*) FROM first f WHERE f.firm_id = c.firm_id) AS watches
    FROM changed c GROUP BY c.firm_id ORDER BY c.firm_id
  LOOP
    PERFORM add_to_firm_counts(opened.firm_id, 0, 0, 0, opened.conflicts, opened.watches);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER sync_conflicts_count_opened AFTER INSERT ON sync_conflicts REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_opened_conflicts();

CREATE FUNCTION count_closed_conflicts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed record;
BEGIN
  FOR closed IN
    WITH last AS (
      DELETE FROM watches_with_conflicts m USING (SELECT DISTINCT watch_id FROM changed) c
      WHERE m.watch_id = c.watch_id AND NOT EXISTS (SELECT FROM sync_conflicts k WHERE k.watch_id = m.watch_id) RETURNING m.firm_id
    )
    SELECT c.firm_id, count(*) AS conflicts, (SELECT count(*) FROM last l WHERE l.firm_id = c.firm_id) AS watches
    FROM changed c GROUP BY c.firm_id ORDER BY c.firm_id
  LOOP
    PERFORM add_to_firm_counts(closed.firm_id, 0, 0, 0, -closed.conflicts, -closed.watches);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER sync_conflicts_count_closed AFTER DELETE ON sync_conflicts REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_closed_conflicts();

-- What there is already.
INSERT INTO watches_with_conflicts (watch_id, firm_id) SELECT DISTINCT watch_id, firm_id FROM sync_conflicts;
INSERT INTO firm_counts
SELECT f.id, 0, coalesce(l.linked, 0), coalesce(l.missing, 0), coalesce(l.client_changed, 0), coalesce(k.conflicts, 0), coalesce(k.watches, 0)
FROM firms f
LEFT JOIN (
  SELECT firm_id, count(*) AS linked, count(*) FILTER (WHERE state = 'MISSING') AS missing,
    count(*) FILTER (WHERE state = 'CLIENT_CHANGED') AS client_changed
  FROM clio_links WHERE active GROUP BY firm_id
) l ON l.firm_id = f.id
LEFT JOIN (SELECT firm_id, count(*) AS conflicts, count(DISTINCT watch_id) AS watches FROM sync_conflicts GROUP BY firm_id) k ON k.firm_id = f.id
WHERE l.firm_id IS NOT NULL OR k.firm_id IS NOT NULL;
