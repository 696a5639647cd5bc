package pgserver_test

import (
	"context"
	"log/slog"
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
)

func TestStartsFreshAndKeepsDataOverARestart(t *testing.T) {
	dir := filepath.Join(folder(t), "some where")
	durable := config(dir)
	durable.Ephemeral = false

	server, err := pgserver.Start(t.Context(), durable)
	require.NoError(t, err)
	require.Equal(t, "watchkeeper", query[string](t, server.URL(), "SELECT current_database()"))
	require.Equal(t, "UTF8", query[string](t, server.URL(), "SHOW server_encoding"))
	require.Equal(t, "UTC", query[string](t, server.URL(), "SHOW timezone"))
	require.Equal(t, "on", query[string](t, server.URL(), "SHOW fsync"))
	execute(t, server.URL(), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)")
	require.NoError(t, server.Err())
	require.NoError(t, server.Stop(t.Context()))
	require.NoError(t, server.Stop(t.Context()), "stopping twice")
	<-server.Done()
	require.NoError(t, server.Err(), "it was stopped")

	again := start(t, durable)
	require.Equal(t, 7, query[int](t, again.URL(), "SELECT n FROM kept"))
}

func TestARunningServer(t *testing.T) {
	dir := folder(t)
	var told strings.Builder
	chatty := config(dir)
	chatty.Logger = slog.New(slog.NewTextHandler(&told, nil))
	server := start(t, chatty)
	require.Contains(t, told.String(), "built-in PostgreSQL is running")

	t.Run("listens in a private folder and on no port", func(t *testing.T) {
		require.Empty(t, query[string](t, server.URL(), "SHOW listen_addresses"))
		socket := socketOf(t, server)
		require.Less(t, len(socket), 100)
		require.FileExists(t, socket)
		info, err := os.Stat(filepath.Dir(socket))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	})
	t.Run("is out of Ctrl-C's reach", func(t *testing.T) {
		group, err := syscall.Getpgid(postmaster(t, dir))
		require.NoError(t, err)
		require.NotEqual(t, syscall.Getpgrp(), group)
	})
	t.Run("logs no values", func(t *testing.T) {
		execute(t, server.URL(), "CREATE TABLE people (name text UNIQUE)", "INSERT INTO people VALUES ('Robert')")
		conn := connect(t, server.URL())
		_, err := conn.Exec(t.Context(), "INSERT INTO people VALUES ('Robert')")
		require.Error(t, err)
		require.NoError(t, conn.Close(t.Context()))
		log, err := os.ReadFile(filepath.Join(dir, "postgres.log"))
		require.NoError(t, err)
		require.Contains(t, string(log), "duplicate key")
		require.NotContains(t, string(log), "Robert")
	})
	t.Run("runs as an ordinary user where this process is root", func(t *testing.T) {
		needRoot(t)
		expected, err := user.Lookup("postgres")
		if err != nil {
			expected, err = user.Lookup("nobody")
		}
		require.NoError(t, err)
		require.Equal(t, credential(t, expected).Uid, ownerOf(t, filepath.Join(dir, "postgres")))
		require.Zero(t, ownerOf(t, dir), "only what PostgreSQL needs is handed over")
	})
	t.Run("refuses the folder to a second one", func(t *testing.T) {
		_, err := pgserver.Start(t.Context(), config(dir))
		require.ErrorContains(t, err, "another Watchkeeper server is using the data folder "+dir)
		require.Equal(t, 1, query[int](t, server.URL(), "SELECT 1"), "the first one isn't disturbed")
	})
}

func TestLongPathsGetAShortSocket(t *testing.T) {
	base := folder(t)
	long := filepath.Join(base, strings.Repeat("long", 20))
	require.NoError(t, os.Mkdir(long, 0o755))
	t.Setenv("TMPDIR", long)
	dir := filepath.Join(long, "data")

	server, err := pgserver.Start(t.Context(), config(dir))
	require.NoError(t, err)
	socket := socketOf(t, server)
	require.Less(t, len(socket), 100)
	require.Equal(t, 1, query[int](t, server.URL(), "SELECT 1"))
	require.NoError(t, server.Stop(t.Context()))
	require.NoDirExists(t, filepath.Dir(socket))

	// What a server that was killed left behind goes at the next start.
	left, err := os.MkdirTemp("/tmp", "watchkeeper-")
	require.NoError(t, err)
	require.NoError(t, os.Symlink(left, filepath.Join(dir, "run")))
	start(t, config(dir))
	require.NoDirExists(t, left)
}

func TestPathsWithCommasGetASocketElsewhere(t *testing.T) {
	server := start(t, config(filepath.Join(folder(t), "a,b")))
	require.Equal(t, 1, query[int](t, server.URL(), "SELECT 1"))
}

func socketOf(t *testing.T, server *pgserver.Server) string {
	t.Helper()
	address, err := url.Parse(server.URL())
	require.NoError(t, err)
	return filepath.Join(address.Query().Get("host"), ".s.PGSQL."+address.Query().Get("port"))
}

func TestPostgresVariablesOfTheProcessChangeNothing(t *testing.T) {
	for name, value := range map[string]string{
		"PGHOST": "nowhere.invalid", "PGPORT": "1", "PGUSER": "nobody", "PGDATABASE": "none", "PGDATA": "/nonexistent",
		"PGSSLMODE": "verify-full", "PGTARGETSESSIONATTRS": "standby", "LC_ALL": "xx_XX",
	} {
		t.Setenv(name, value)
	}
	server := start(t, config(folder(t)))
	require.Equal(t, 1, query[int](t, server.URL(), "SELECT 1"))
}

func TestAsRootItRunsAsTheOwnerOfTheData(t *testing.T) {
	needRoot(t)
	nobody, err := user.Lookup("nobody")
	require.NoError(t, err)
	dir := folder(t)
	require.NoError(t, os.Chown(dir, int(credential(t, nobody).Uid), -1))
	helper := startHelper(t, publicCopy(t), dir, nobody)
	execute(t, helper.ready(t), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)")
	require.NoError(t, helper.cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(t, helper.cmd.Wait())

	server, err := pgserver.Start(t.Context(), config(dir))
	require.NoError(t, err)
	require.Equal(t, 7, query[int](t, server.URL(), "SELECT n FROM kept"))
	require.Equal(t, credential(t, nobody).Uid, ownerOf(t, filepath.Join(dir, "postgres")))
	require.NoError(t, server.Stop(t.Context()))

	again := startHelper(t, publicCopy(t), dir, nobody)
	require.Equal(t, 7, query[int](t, again.ready(t), "SELECT n FROM kept"), "the user may still work on it alone")
}

// publicCopy is the test binary where every user can run it.
func publicCopy(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(self(t))
	require.NoError(t, err)
	path := filepath.Join(folder(t), "helper")
	require.NoError(t, os.WriteFile(path, content, 0o755))
	return path
}

func ownerOf(t *testing.T, path string) uint32 {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	stat, ok := info.Sys().(*syscall.Stat_t)
	require.True(t, ok)
	return stat.Uid
}

func TestAFolderThatTheUserCannotReachIsNamed(t *testing.T) {
	needRoot(t)
	closed := filepath.Join(folder(t), "closed")
	require.NoError(t, os.Mkdir(closed, 0o700))

	_, err := pgserver.Start(t.Context(), config(filepath.Join(closed, "data")))
	require.ErrorContains(t, err, "can't enter the folder "+closed+",")
}

func TestACanceledStartLeavesNothingRunning(t *testing.T) {
	dir := folder(t)
	ctx, cancel := context.WithCancel(t.Context())
	waiting := config(dir)
	waiting.BinDir = wrap(t, "", "read _ < "+fifo(t)) // PostgreSQL never comes up
	failed := make(chan error)
	go func() {
		_, err := pgserver.Start(ctx, waiting)
		failed <- err
	}()
	require.Eventually(t, func() bool { return exists(filepath.Join(dir, "run")) }, deadline, tick)
	cancel()
	require.ErrorIs(t, <-failed, context.Canceled)

	start(t, config(dir))
}
