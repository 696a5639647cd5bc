-- What a change of one watch begins with, in one statement: the lock, and then all that the change depends on. Each statement of the function sees
-- what was committed before it began, so that the link and the conflicts are those of the moment at which the lock was got: a join, or a
-- function that isn't volatile, would see them as they were before the wait.
CREATE FUNCTION lock_watch(firm text, wanted text)
  RETURNS TABLE (watch watches, link clio_links, link_check clio_link_checks, conflicts jsonb, policy text) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  SELECT w.* INTO watch FROM watches w WHERE w.firm_id = firm AND w.id = wanted FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT l.* INTO link FROM clio_links l WHERE l.firm_id = firm AND l.watch_id = wanted;
  IF FOUND THEN -- others have no conflicts
    SELECT c.* INTO link_check FROM clio_link_checks c WHERE c.firm_id = firm AND c.watch_id = wanted;
    SELECT jsonb_agg(to_jsonb(k)) INTO conflicts FROM sync_conflicts k WHERE k.firm_id = firm AND k.watch_id = wanted;
    IF conflicts IS NOT NULL THEN
      SELECT s.conflict_resolution INTO policy FROM sync_settings s WHERE s.firm_id = firm;
    END IF;
  END IF;
  RETURN NEXT;
END $$;
