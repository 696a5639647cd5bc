package postgres_test

import (
	"slices"
	"testing"

	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

const newRiver = "River's tables have changed: check every statement of river_tables.go against River's changelog and its new " +
	"migrations, and only then change what this test expects"

// riverMigration is the newest of River's migrations that the statements of river_tables.go were checked against.
const riverMigration = 8

// riverColumns are the columns of river_job that the statements rely on, with their types.
var riverColumns = map[string]string{
	"args": "jsonb", "attempted_at": "timestamp with time zone", "kind": "text", "priority": "smallint", "queue": "text",
	"scheduled_at": "timestamp with time zone", "state": "river_job_state",
}

func TestRiversMigrationsAreThoseThatWereChecked(t *testing.T) {
	db := pgtest.Open(t)
	migrator, err := rivermigrate.New(riverpgxv5.New(db.Pool()), nil)
	require.NoError(t, err)
	known := migrator.AllVersions()
	require.Equal(t, riverMigration, known[len(known)-1].Version, newRiver)
	applied, err := migrator.ExistingVersions(pgtest.AcrossFirms(t.Context()))
	require.NoError(t, err)
	require.Len(t, applied, len(known), "the database has all of them")
}

func TestRiversColumnsAreThoseThatAreReliedOn(t *testing.T) {
	db := pgtest.Open(t)
	found := map[string]string{}
	rows, err := db.Pool().Query(pgtest.AcrossFirms(t.Context()), `
		SELECT column_name, CASE data_type WHEN 'USER-DEFINED' THEN udt_name ELSE data_type END
		FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'river_job'`)
	require.NoError(t, err)
	for rows.Next() {
		var name, kind string
		require.NoError(t, rows.Scan(&name, &kind))
		if _, reliedOn := riverColumns[name]; reliedOn {
			found[name] = kind
		}
	}
	require.NoError(t, rows.Err())
	require.Equal(t, riverColumns, found, newRiver)
}

// A state that is new has either ended or not: adding it here means deciding whether it belongs to openJobStates.
func TestRiversStatesAreOpenOrEnded(t *testing.T) {
	db := pgtest.Open(t)
	var states []rivertype.JobState
	rows, err := db.Pool().Query(pgtest.AcrossFirms(t.Context()), "SELECT unnest(enum_range(NULL::river_job_state))::text")
	require.NoError(t, err)
	for rows.Next() {
		var state string
		require.NoError(t, rows.Scan(&state))
		states = append(states, rivertype.JobState(state))
	}
	require.NoError(t, rows.Err())
	ended := []rivertype.JobState{rivertype.JobStateCancelled, rivertype.JobStateCompleted, rivertype.JobStateDiscarded}
	require.ElementsMatch(t, slices.Concat(postgres.OpenJobStates, ended), states, newRiver)
	require.ElementsMatch(t, states, rivertype.JobStates(), newRiver)
}

// setJobState puts a run's job into a state: River offers no way into most of them but to wait.
func setJobState(t *testing.T, db *postgres.DB, runID string, state rivertype.JobState) {
	t.Helper()
	tag, err := db.Pool().Exec(pgtest.AcrossFirms(t.Context()), `
		UPDATE river_job SET state = $1::text::river_job_state,
			finalized_at = CASE WHEN $1::text IN ('cancelled', 'completed', 'discarded') THEN now() END
		WHERE args->>'run_id' = $2`, string(state), runID)
	require.NoError(t, err)
	require.EqualValues(t, 1, tag.RowsAffected())
}

// killLeader has River's leader be a process that died, and be so for an hour.
func killLeader(t *testing.T, db *postgres.DB) {
	t.Helper()
	_, err := db.Pool().Exec(pgtest.AcrossFirms(t.Context()), `
		INSERT INTO river_leader (elected_at, expires_at, leader_id) VALUES (now(), now() + INTERVAL '1 hour', 'who died')
		ON CONFLICT (name) DO UPDATE SET leader_id = EXCLUDED.leader_id, expires_at = EXCLUDED.expires_at`)
	require.NoError(t, err)
}
