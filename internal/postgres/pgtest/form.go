package pgtest

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// form is what the template's clones have in common.
type form struct {
	wiping string // the statements that empty the tables
	state  string // of the schema and the settings
}

// formOf reads the form of the database that the pool is connected to.
func formOf(ctx context.Context, db *pgxpool.Pool) (is form, err error) {
	if err := db.QueryRow(ctx, wipingSQL).Scan(&is.wiping); err != nil {
		return form{}, fmt.Errorf("reading which tables there are: %w", err)
	}
	if err := db.QueryRow(ctx, stateSQL).Scan(&is.state); err != nil {
		return form{}, fmt.Errorf("reading the state of the template: %w", err)
	}
	return is, nil
}

// wipingSQL writes statements for a session that checks no foreign keys and fires no triggers, so that their order doesn't
// matter. DELETE costs less than TRUNCATE where tables are small, as that makes new files.
const wipingSQL = `SELECT 'BEGIN; '
	|| (SELECT string_agg(format('DELETE FROM %I.%I; ', schemaname, tablename), '' ORDER BY tablename) FROM pg_tables
		WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
		AND tablename NOT IN ('bun_migrations', 'bun_migration_locks', 'river_migration'))
	|| (SELECT coalesce(string_agg(format('SELECT setval(%L, %s, false); ', format('%I.%I', schemaname, sequencename), start_value), ''), '')
		FROM pg_sequences WHERE sequencename NOT LIKE 'bun\_migration%')
	|| 'COMMIT'`

// stateSQL is different after every change of the schema, of the statistics that plans are made from, and of the database's
// settings: who changes a row of the catalogue leaves the number of a later transaction in it.
const stateSQL = `SELECT concat_ws('; ',
	(SELECT concat_ws(' ', count(*), max(xmin::text::bigint)) FROM pg_class WHERE oid >= 16384),
	(SELECT concat_ws(' ', count(*), max(xmin::text::bigint)) FROM pg_attribute WHERE attrelid >= 16384),
	(SELECT concat_ws(' ', count(*), max(xmin::text::bigint)) FROM pg_index WHERE indexrelid >= 16384),
	(SELECT concat_ws(' ', count(*), max(xmin::text::bigint)) FROM pg_constraint WHERE oid >= 16384),
	(SELECT concat_ws(' ', count(*), max(xmin::text::bigint)) FROM pg_trigger WHERE oid >= 16384),
	(SELECT concat_ws(' ', count(*), max(xmin::text::bigint)) FROM pg_proc WHERE oid >= 16384),
	(SELECT concat_ws(' ', count(*), max(xmin::text::bigint)) FROM pg_statistic WHERE starelid >= 16384),
	(SELECT count(*) FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%'),
	(SELECT concat_ws(' ', datallowconn, datconnlimit) FROM pg_database WHERE datname = current_database()),
	(SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE datname = current_database()))`
