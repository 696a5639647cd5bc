-- The statements that row-level security lacks in this database, for the tables as they are now.
--
-- ?0 is the role that work for a firm is done as. ?1 is true where it can't be used: then row-level security is forced upon the tables'
-- owner, and another policy lets the owner work across firms. Two policies on a table spoil the estimates of the planner, therefore
-- there is one where there can be.
WITH own AS (
  SELECT c.oid, c.oid::regclass AS name, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity
  FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'S')
    AND c.relowner = (SELECT relowner FROM pg_class WHERE oid = to_regclass('firms')) -- another program may have tables here
), rules AS (
  SELECT own.*, CASE
      WHEN relname = 'firms' THEN 'id'
      WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = own.oid AND a.attname = 'firm_id' AND NOT a.attisdropped) THEN 'firm_id'
      WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = own.oid AND a.attname = 'user_id' AND NOT a.attisdropped)
        THEN format('(SELECT u.firm_id FROM users u WHERE u.id = %s.user_id)', name)
    END || $$ = nullif(current_setting('watchkeeper.firm_id', true), '')$$ AS rule
  FROM own WHERE relkind <> 'S'
), firms AS (
  SELECT * FROM rules WHERE rule IS NOT NULL
), policies AS (
  SELECT polrelid, polname FROM pg_policy
)
SELECT format('CREATE POLICY one_firm ON %s USING (%s)', name, rule) FROM firms
  WHERE NOT EXISTS (SELECT FROM policies WHERE polrelid = oid AND polname = 'one_firm')
UNION ALL
SELECT format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name) FROM firms WHERE NOT relrowsecurity
UNION ALL
SELECT format($$CREATE POLICY across_firms ON %s USING (current_setting('watchkeeper.across_firms', true) = 'on')$$, name) FROM firms
  WHERE ?1 AND NOT EXISTS (SELECT FROM policies WHERE polrelid = oid AND polname = 'across_firms')
UNION ALL
SELECT format('DROP POLICY across_firms ON %s', name) FROM firms
  WHERE NOT ?1 AND EXISTS (SELECT FROM policies WHERE polrelid = oid AND polname = 'across_firms')
UNION ALL
SELECT format('ALTER TABLE %s %s ROW LEVEL SECURITY', name, CASE WHEN ?1 THEN 'FORCE' ELSE 'NO FORCE' END) FROM firms
  WHERE relforcerowsecurity <> ?1
UNION ALL
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), ?0)
  WHERE NOT ?1 AND NOT has_schema_privilege((SELECT oid FROM pg_roles WHERE rolname = ?0), current_schema(), 'USAGE')
UNION ALL
SELECT format('GRANT SELECT, INSERT ON %s TO %I', own.name, role.rolname) FROM own JOIN pg_roles role ON role.rolname = ?0
  WHERE NOT ?1 AND own.relname = 'audit_events' -- append-only
    AND NOT (has_table_privilege(role.oid, own.oid, 'SELECT') AND has_table_privilege(role.oid, own.oid, 'INSERT'))
UNION ALL
SELECT format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', own.name, role.rolname) FROM own JOIN pg_roles role ON role.rolname = ?0
  WHERE NOT ?1 AND own.relkind <> 'S' AND own.relname <> 'audit_events' AND own.relname NOT LIKE 'bun\_migration%' AND own.relname <> 'river_migration'
    AND NOT (has_table_privilege(role.oid, own.oid, 'SELECT') AND has_table_privilege(role.oid, own.oid, 'INSERT')
      AND has_table_privilege(role.oid, own.oid, 'UPDATE') AND has_table_privilege(role.oid, own.oid, 'DELETE'))
UNION ALL
SELECT format('GRANT USAGE ON SEQUENCE %s TO %I', own.name, role.rolname) FROM own JOIN pg_roles role ON role.rolname = ?0
  WHERE NOT ?1 AND own.relkind = 'S' AND own.relname NOT LIKE 'bun\_migration%' AND NOT has_sequence_privilege(role.oid, own.oid, 'USAGE')
UNION ALL
SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I', search.oid::regprocedure, role.rolname) FROM pg_proc search JOIN pg_roles role ON role.rolname = ?0
  WHERE NOT ?1 AND search.pronamespace = current_schema()::regnamespace AND search.proname = 'search_watches'
    AND NOT has_function_privilege(role.oid, search.oid, 'EXECUTE')
