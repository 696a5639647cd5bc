package pgserver_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
)

func TestAKilledServerLeavesNoPostgresAndTheNextStartHasItsData(t *testing.T) {
	dir := folder(t)
	killed := startHelper(t, self(t), dir, nil)
	execute(t, killed.ready(t), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)")
	pid := postmaster(t, dir)
	require.NoError(t, killed.cmd.Process.Kill())
	require.Error(t, killed.cmd.Wait())

	// At once: PostgreSQL may still be shutting down.
	server := start(t, config(dir))
	require.True(t, gone(pid))
	require.NotEqual(t, pid, postmaster(t, dir))
	require.Equal(t, 7, query[int](t, server.URL(), "SELECT n FROM kept"))
}

func TestAnOrphanIsStoppedRatherThanAdopted(t *testing.T) {
	dir := folder(t)
	first, err := pgserver.Start(t.Context(), config(dir))
	require.NoError(t, err)
	execute(t, first.URL(), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)")
	require.NoError(t, first.Stop(t.Context()))

	orphan, ended := plant(t, dir)
	server := start(t, config(dir))
	require.NoError(t, <-ended, "it could finish what it was doing")
	require.NotEqual(t, orphan, postmaster(t, dir))
	require.Equal(t, 7, query[int](t, server.URL(), "SELECT n FROM kept"))
}

// plant starts a PostgreSQL on the folder's data that doesn't learn of its parent's death, and with the folder's own
// socket: the place where a server that only looks for an answer would find it.
func plant(t *testing.T, dir string) (pid int, ended <-chan error) {
	t.Helper()
	data, run := filepath.Join(dir, "postgres"), filepath.Join(dir, "run")
	require.NoError(t, os.Mkdir(run, 0o700))
	cmd := exec.Command(filepath.Join(installed(t).Dir, "postgres"), "-D", data, "-k", run, "-c", "listen_addresses=")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: ownerOf(t, data), Gid: ownerOf(t, data)}
		require.NoError(t, os.Chown(run, int(ownerOf(t, data)), -1))
	}
	require.NoError(t, cmd.Start())
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // it has ended, unless the test failed
	require.Eventually(t, func() bool { return exists(filepath.Join(run, ".s.PGSQL.5432.lock")) }, deadline, tick)
	return cmd.Process.Pid, done
}

func TestANoteOfAProcessThatIsSomebodyElseNowIsNoObstacle(t *testing.T) {
	dir := folder(t)
	server, err := pgserver.Start(t.Context(), config(dir))
	require.NoError(t, err)
	require.NoError(t, server.Stop(t.Context()))

	data := filepath.Join(dir, "postgres")
	note := filepath.Join(data, "postmaster.pid")
	other := exec.Command("sleep", "600")
	if os.Geteuid() == 0 { // PostgreSQL fears only processes of its own user
		other.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: ownerOf(t, data), Gid: ownerOf(t, data)}}
	}
	require.NoError(t, other.Start())
	t.Cleanup(func() {
		require.NoError(t, other.Process.Kill(), "it was left alone")
		require.Error(t, other.Wait())
	})
	require.NoError(t, os.WriteFile(note, fmt.Appendf(nil, "%d\n%s\n1\n5432\n", other.Process.Pid, data), 0o600))
	if os.Geteuid() == 0 {
		require.NoError(t, os.Chown(note, int(ownerOf(t, data)), -1))
	}
	start(t, config(dir))
}

func TestTheEndOfPostgresIsNoticed(t *testing.T) {
	dir := folder(t)
	durable := config(dir)
	durable.Ephemeral = false
	server, err := pgserver.Start(t.Context(), durable)
	require.NoError(t, err)
	execute(t, server.URL(), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)")
	require.NoError(t, syscall.Kill(postmaster(t, dir), syscall.SIGKILL))
	<-server.Done()
	require.ErrorContains(t, server.Err(), "ended by itself: signal: killed")
	require.NoError(t, server.Stop(t.Context()))

	again := start(t, durable) // at once: its children may still be there
	require.Equal(t, 7, query[int](t, again.URL(), "SELECT n FROM kept"))
}

func TestAnotherPostgresThatAnswersIsNotTakenForOurs(t *testing.T) {
	theirs := folder(t)
	server, err := pgserver.Start(t.Context(), config(theirs))
	require.NoError(t, err)
	require.NoError(t, server.Stop(t.Context()))

	misled := config(folder(t))
	misled.BinDir = wrap(t, "", fmt.Sprintf("shift 2; exec %s/postgres -D %s/postgres \"$@\"", installed(t).Dir, theirs))
	_, err = pgserver.Start(t.Context(), misled)
	require.ErrorContains(t, err, "answers in place of the built-in one")
	require.NoFileExists(t, filepath.Join(theirs, "postgres", "postmaster.pid"), "it isn't left running")
}
