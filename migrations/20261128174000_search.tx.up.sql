-- Watches are found by the trigrams of their words: hashes of three letters and the firm. No extension is needed, and a firm's entries
-- are its own however many others there are. What the index finds is a candidate: two hashes may be equal.
CREATE FUNCTION search_trigrams(firm_id text, folded text) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  seed  bigint   := hashtextextended(firm_id COLLATE "C", 0);
  found bigint[] := '{}';
  word  text;
BEGIN
  FOREACH word IN ARRAY string_to_array(folded, ' ') LOOP
    FOR n IN 1 .. length(word) - 2 LOOP
      found := found || hashtextextended(substr(word, n, 3) COLLATE "C", seed);
    END LOOP;
  END LOOP;
  RETURN found;
END $$;

SET LOCAL maintenance_work_mem = '256MB';

-- What a search finds in what was just written it reads one by one, therefore that is kept short.
CREATE INDEX watches_by_trigram ON watches USING gin (search_trigrams(firm_id, search_text)) WITH (gin_pending_list_limit = 256);

-- search_watches returns the ids of the firm's watches whose texts have all the words; null if there are more than so many, or if no
-- word has three letters. Row-level security would keep the index from being used, as @> isn't leakproof. So this works as the tables'
-- owner: on the firm that the session is limited to, which isn't an argument, and as nobody but row_security.sql says.
-- Whatever the planner thinks, it uses the index.
CREATE FUNCTION search_watches(words text[], most int) RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET enable_seqscan = off SET enable_indexscan = off AS $$
DECLARE
  firm     text     := nullif(current_setting('watchkeeper.firm_id', true), '');
  wanted   bigint[] := search_trigrams(firm, array_to_string(words, ' '));
  patterns text[]   := (SELECT array_agg('%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%') FROM unnest(words) AS word);
  found    text[];
BEGIN
  IF wanted IS NULL OR wanted = '{}' THEN
    RETURN NULL;
  END IF;
  found := ARRAY(SELECT candidate.id
    FROM (SELECT w.id, w.firm_id, w.search_text FROM watches w WHERE search_trigrams(w.firm_id, w.search_text) @> wanted OFFSET 0) AS candidate
    WHERE candidate.firm_id = firm AND candidate.search_text LIKE ALL (patterns) LIMIT most + 1);
  RETURN CASE WHEN cardinality(found) <= most OR most IS NULL THEN found END;
END $$;
REVOKE ALL ON FUNCTION search_watches FROM PUBLIC;

-- Nobody's temporary table takes the place of watches.
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION search_watches SET search_path = %I, pg_temp', current_schema());
END $$;
