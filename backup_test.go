package main_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
)

// backupIsRestored moves everything to another machine, as docs/running.md#backups describes it for the built-in database.
func backupIsRestored(t *testing.T, program string) {
	dump, restore := postgresProgram(t, "pg_dump"), postgresProgram(t, "pg_restore")
	from, to, file := dataFolder(t), dataFolder(t), filepath.Join(t.TempDir(), "watchkeeper.dump")
	r := newReplicas(t, program, 1, 45*time.Second)
	r.clio.fill(3)
	others := withoutKeysAndDatabase(r.settings)
	r.settings = append(others[:len(others):len(others)], "DATA_DIR="+from)
	r.startUp(0)
	f, err := r.signUp("firm", 3)
	require.NoError(t, err)
	require.NoError(t, f.syncOnce())
	runs(t, dump, "--format=custom", "--file="+file, "--host="+filepath.Join(from, "run"), "--username=watchkeeper", "watchkeeper")
	r.restart(0)

	require.NoError(t, os.Mkdir(to, 0o755))
	keys := readFile(t, filepath.Join(from, "encryption.keys"))
	require.NoError(t, os.WriteFile(filepath.Join(to, "encryption.keys"), []byte(keys), 0o600))
	r.settings = append(others[:len(others):len(others)], "DATA_DIR="+to)
	r.restart(0)
	require.Error(t, f.syncOnce(), "nobody knows the firm there")
	runs(t, restore, "--clean", "--if-exists", "--single-transaction", "--exit-on-error",
		"--host="+filepath.Join(to, "run"), "--username=watchkeeper", "--dbname=watchkeeper", file)
	r.restart(0)
	require.NoError(t, f.syncOnce())
	require.Contains(t, r.keys("list"), "2 tokens, the newest")
}

// restart stops a replica and starts it with the settings as they are now.
func (r *replicas) restart(i int) {
	r.Helper()
	require.NoError(r, r.running[i].Process.Signal(syscall.SIGTERM))
	_, err := r.running[i].end()
	require.NoError(r, err)
	r.startUp(i)
}

// postgresProgram is one of the programs that come with PostgreSQL's server, or near it.
func postgresProgram(t *testing.T, name string) string {
	t.Helper()
	binaries, err := pgserver.Find(t.Context(), pgserver.Search{BinDir: os.Getenv("POSTGRES_BIN_DIR"), Path: os.Getenv("PATH")}, 0)
	require.NoError(t, err)
	path := filepath.Join(binaries.Dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skip("there is no " + path)
	}
	return path
}

func runs(t *testing.T, program string, arguments ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	output, err := exec.CommandContext(ctx, program, arguments...).CombinedOutput()
	require.NoError(t, err, string(output))
}
