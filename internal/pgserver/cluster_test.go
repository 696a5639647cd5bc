package pgserver_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
)

func TestAFolderThatIsRefusedStaysAsItWas(t *testing.T) {
	major := installed(t).Major
	for _, test := range []struct{ name, file, content, says string }{
		{"made by a version that isn't installed", "PG_VERSION", "99\n",
			fmt.Sprintf("was made by PostgreSQL 99, but the binaries found are PostgreSQL %d", major)},
		{"made by a version that is too old", "PG_VERSION", "9.6\n", "was made by no PostgreSQL that Watchkeeper knows"},
		{"made by the last version that is too old", "PG_VERSION", "13\n", "was made by PostgreSQL 13, and Watchkeeper needs 14"},
		{"not PostgreSQL's at all", "letter.txt", "Dear Sir", "is neither empty nor PostgreSQL's"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := folder(t)
			data := filepath.Join(dir, "postgres")
			require.NoError(t, os.MkdirAll(filepath.Join(data, "base"), 0o700))
			require.NoError(t, os.WriteFile(filepath.Join(data, test.file), []byte(test.content), 0o600))
			require.NoError(t, os.WriteFile(filepath.Join(data, "base", "1"), []byte("precious"), 0o600))
			before := contents(t, dir)

			_, err := pgserver.Start(t.Context(), config(dir))
			require.ErrorContains(t, err, test.says)
			require.ErrorContains(t, err, dir)
			require.Equal(t, before, contents(t, dir))
		})
	}
}

// contents has every path below the folder with its mode, owner, time of change and content.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := entry.Info()
		require.NoError(t, err)
		found[path] = fmt.Sprint(info.Mode(), ownerOf(t, path), info.ModTime().UnixNano())
		if !entry.IsDir() {
			content, err := os.ReadFile(path)
			require.NoError(t, err)
			found[path] += fmt.Sprintf(" %x", sha256.Sum256(content))
		}
		return nil
	}))
	return found
}

func TestDataThatWasHalfMadeIsMadeAnew(t *testing.T) {
	dir := folder(t)
	half := filepath.Join(dir, "postgres.init-123")
	require.NoError(t, os.Mkdir(half, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(half, "PG_VERSION"), []byte("15\n"), 0o600))

	server := start(t, config(dir))
	require.Equal(t, 1, query[int](t, server.URL(), "SELECT 1"))
	require.NoDirExists(t, half)
}

func TestAKillDuringInitdbLeavesNoDataBehind(t *testing.T) {
	dir, pipe := folder(t), fifo(t)
	slow := wrap(t, `for option; do case $option in --pgdata=*) echo 15 > "${option#*=}/PG_VERSION";; esac; done
read _ < `+pipe, "")
	t.Setenv("POSTGRES_BIN_DIR", slow)
	killed := startHelper(t, self(t), dir, nil)
	halfMade := func() bool {
		found, err := filepath.Glob(filepath.Join(dir, "postgres.init-*", "PG_VERSION"))
		return err == nil && len(found) == 1
	}
	require.Eventually(t, halfMade, deadline, tick)
	require.NoError(t, killed.cmd.Process.Kill())
	require.Error(t, killed.cmd.Wait())
	require.NoDirExists(t, filepath.Join(dir, "postgres"))

	t.Setenv("POSTGRES_BIN_DIR", "")
	server := start(t, config(dir))
	require.Equal(t, 1, query[int](t, server.URL(), "SELECT 1"))
	require.False(t, halfMade())
}

func TestASystemWithoutTheLocaleGetsNone(t *testing.T) {
	without := config(folder(t))
	without.BinDir = wrap(t, `case "$*" in *--locale=C.UTF-8*) echo 'initdb: error: invalid locale name "C.UTF-8"' >&2; exit 1;; esac`, "")
	server := start(t, without)
	require.Equal(t, "C", query[string](t, server.URL(), "SELECT datcollate FROM pg_database WHERE datname = 'watchkeeper'"))
	require.Equal(t, "UTF8", query[string](t, server.URL(), "SHOW server_encoding"))
}

func TestFailuresComeWithPostgresOwnWords(t *testing.T) {
	t.Run("of initdb", func(t *testing.T) {
		dir := folder(t)
		failing := config(dir)
		failing.BinDir = wrap(t, "echo the disk is on fire >&2; exit 1", "")
		_, err := pgserver.Start(t.Context(), failing)
		require.ErrorContains(t, err, "the disk is on fire")
		left, err := filepath.Glob(filepath.Join(dir, "postgres*"))
		require.NoError(t, err)
		require.Equal(t, []string{filepath.Join(dir, "postgres.log")}, left)
	})
	t.Run("of postgres", func(t *testing.T) {
		dir := folder(t)
		server, err := pgserver.Start(t.Context(), config(dir))
		require.NoError(t, err)
		require.NoError(t, server.Stop(context.Background()))
		file, err := os.OpenFile(filepath.Join(dir, "postgres", "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = file.WriteString("\nnonsense = 1\n")
		require.NoError(t, err)
		require.NoError(t, file.Close())

		_, err = pgserver.Start(t.Context(), config(dir))
		require.ErrorContains(t, err, "doesn't start")
		require.ErrorContains(t, err, `unrecognized configuration parameter "nonsense"`)
		require.Less(t, strings.Count(err.Error(), "\n"), 20)
	})
}
