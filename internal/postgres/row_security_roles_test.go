package postgres_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
	"golang.org/x/sync/errgroup"

	"watchkeeper/internal/pgserver"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/scratch"
)

// cluster is a PostgreSQL of the test's own, whose roles it may change.
type cluster struct {
	*testing.T
	url string
}

func newCluster(t *testing.T) *cluster {
	t.Parallel()
	server, err := pgserver.Start(t.Context(), pgserver.Config{DataDir: scratch.Dir(t), BinDir: os.Getenv("POSTGRES_BIN_DIR"), Ephemeral: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop(context.Background())) })
	return &cluster{T: t, url: server.URL()}
}

// execute runs statements as the superuser, one by one.
func (c *cluster) execute(statements ...string) {
	c.Helper()
	conn, err := pgx.Connect(c.Context(), c.url)
	require.NoError(c, err)
	for _, statement := range statements {
		_, err := conn.Exec(c.Context(), statement)
		require.NoError(c, err, statement)
	}
	require.NoError(c, conn.Close(c.Context()))
}

// database makes an empty database that belongs to the role, and returns the address with which that connects to it.
func (c *cluster) database(name, owner string) string {
	c.Helper()
	c.execute(fmt.Sprintf("CREATE DATABASE %s OWNER %s", name, owner))
	address, err := url.Parse(c.url)
	require.NoError(c, err)
	address.Path = "/" + name
	(&cluster{T: c.T, url: address.String()}).execute("ALTER SCHEMA public OWNER TO " + owner)
	address.User = url.User(owner)
	return address.String()
}

// requireApart fails unless the firms of a migrated database are kept apart.
func requireApart(t *testing.T, db *postgres.DB) {
	t.Helper()
	n := newNeighbors(t, db)
	for _, table := range n.firmTables() {
		own := n.rows(n.forOwn(), table)
		require.NotEmpty(t, own, table)
		require.NotContains(t, own, n.others, table)
		require.NotEqual(t, own, n.rows(n.everything, table), table)
		require.Empty(t, n.rows(t.Context(), table), table)
	}
	require.EqualValues(t, 1, n.execute(n.forOwn(), "DELETE FROM watches"))
	require.Contains(t, n.rows(n.everything, "watches"), n.others)
	var role string
	require.NoError(t, db.Bun().NewRaw("SELECT current_user").Scan(n.forOwn(), &role))
	require.Equal(t, db.RowSecurityForced(), role != "watchkeeper_app")
}

func TestWorkForAFirmIsDoneAsARoleThatRowSecurityBinds(t *testing.T) {
	db := pgtest.Open(t)
	var role string
	var bound bool
	const query = "SELECT current_user, NOT (rolsuper OR rolbypassrls OR rolcanlogin) FROM pg_roles WHERE rolname = current_user"
	err := db.InTx(postgres.ForFirm(t.Context(), "a"), func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(query).Scan(ctx, &role, &bound)
	})
	require.NoError(t, err)
	require.Equal(t, "watchkeeper_app", role)
	require.True(t, bound)
	require.False(t, db.RowSecurityForced())
}

func TestDatabasesOfOneClusterMakeTheRoleAtOnce(t *testing.T) {
	c := newCluster(t)
	c.execute("CREATE ROLE maker LOGIN CREATEROLE")
	var addresses []string
	for i := range 5 {
		addresses = append(addresses, c.database(fmt.Sprint("d", i), "maker"))
	}
	addresses = append(addresses, c.url)
	databases := make([]*postgres.DB, len(addresses))
	var migrating errgroup.Group
	for i, address := range addresses {
		databases[i] = pgtest.OpenURL(t, address)
		migrating.Go(func() error { return databases[i].Migrate(t.Context()) })
	}
	require.NoError(t, migrating.Wait())
	for _, db := range databases {
		require.False(t, db.RowSecurityForced())
		requireApart(t, db)
	}
}

func TestAnOwnerThatMayNotMakeTheRoleIsBoundItself(t *testing.T) {
	c := newCluster(t)
	c.execute("CREATE ROLE plain LOGIN", "CREATE ROLE bypassing LOGIN BYPASSRLS")
	address := c.database("forced", "plain")
	db := pgtest.OpenURL(t, address)
	require.NoError(t, db.Migrate(t.Context()))
	require.True(t, db.RowSecurityForced())
	requireApart(t, db)
	require.NoError(t, db.Migrate(t.Context()))
	requireApart(t, db)

	err := pgtest.OpenURL(t, c.database("bypassed", "bypassing")).Migrate(t.Context())
	require.ErrorContains(t, err, "bypasses row-level security")

	c.execute("CREATE ROLE watchkeeper_app NOLOGIN", "GRANT watchkeeper_app TO plain")
	again := pgtest.OpenURL(t, address)
	require.NoError(t, again.Migrate(t.Context()))
	require.False(t, again.RowSecurityForced())
	requireApart(t, again)
	requireApart(t, pgtest.OpenURL(t, address))

	c.execute("ALTER ROLE watchkeeper_app BYPASSRLS")
	require.ErrorContains(t, again.Migrate(t.Context()), "the role watchkeeper_app bypasses row-level security")
}

func TestMigratingAgainChangesNothing(t *testing.T) {
	db := pgtest.Open(t) // fails when the schema was changed
	require.NoError(t, db.Migrate(t.Context()))
}

func TestATableThatIsAddedIsSecuredByTheNextMigration(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Fresh(t))
	_, err := db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "CREATE TABLE more (firm_id text); INSERT INTO more VALUES ('a'), ('b')")
	require.NoError(t, err)
	require.NoError(t, db.Migrate(t.Context()))
	var found []string
	require.NoError(t, db.Bun().NewRaw("SELECT firm_id FROM more").Scan(postgres.ForFirm(t.Context(), "a"), &found))
	require.Equal(t, []string{"a"}, found)
}
