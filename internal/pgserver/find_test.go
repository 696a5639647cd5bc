package pgserver_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
)

// install makes folders of programs that do nothing but print their version.
func install(t *testing.T, root string, versions map[string]string) {
	t.Helper()
	for dir, version := range versions {
		dir = filepath.Join(root, dir)
		require.NoError(t, os.MkdirAll(dir, 0o755))
		for _, program := range []string{"initdb", "postgres"} {
			script := fmt.Sprintf("#!/bin/sh\necho '%s (PostgreSQL) %s'\n", program, version)
			require.NoError(t, os.WriteFile(filepath.Join(dir, program), []byte(script), 0o755))
		}
	}
}

func TestFindLooksInTheUsualPlaces(t *testing.T) {
	for _, test := range []struct {
		name      string
		installed map[string]string
		want      int
		dir       string
		major     int
	}{
		{"Debian", map[string]string{"/usr/lib/postgresql/16/bin": "16.2 (Debian 16.2-1)"}, 0, "/usr/lib/postgresql/16/bin", 16},
		{"the highest version first, by number", map[string]string{
			"/usr/lib/postgresql/9.6/bin": "9.6.24", "/usr/lib/postgresql/14/bin": "14.1", "/usr/lib/postgresql/101/bin": "101.0",
		}, 0, "/usr/lib/postgresql/101/bin", 101},
		{"the data's version before the highest", map[string]string{
			"/usr/lib/postgresql/14/bin": "14.1", "/usr/lib/postgresql/15/bin": "15.1", "/usr/lib/postgresql/16/bin": "16.1",
		}, 15, "/usr/lib/postgresql/15/bin", 15},
		{"the data's version in another place", map[string]string{
			"/usr/lib/postgresql/16/bin": "16.1", "/usr/pgsql-15/bin": "15.1",
		}, 15, "/usr/pgsql-15/bin", 15},
		{"too old ones are passed over", map[string]string{
			"/usr/lib/postgresql/13/bin": "13.9", "/usr/pgsql-14/bin": "14.0",
		}, 0, "/usr/pgsql-14/bin", 14},
		{"a beta", map[string]string{"/usr/lib/postgresql/19/bin": "19beta1"}, 0, "/usr/lib/postgresql/19/bin", 19},
		{"Red Hat", map[string]string{"/usr/pgsql-17/bin": "17.0"}, 0, "/usr/pgsql-17/bin", 17},
		{"SUSE", map[string]string{"/usr/lib/postgresql15/bin": "15.6"}, 0, "/usr/lib/postgresql15/bin", 15},
		{"Alpine", map[string]string{"/usr/libexec/postgresql16": "16.3"}, 0, "/usr/libexec/postgresql16", 16},
		{"Homebrew on Apple's processors", map[string]string{
			"/opt/homebrew/opt/postgresql@15/bin": "15.6", "/opt/homebrew/opt/postgresql@17/bin": "17.2",
		}, 0, "/opt/homebrew/opt/postgresql@17/bin", 17},
		{"Homebrew on Intel's", map[string]string{"/usr/local/opt/postgresql/bin": "14.9"}, 0, "/usr/local/opt/postgresql/bin", 14},
		{"Homebrew on Linux", map[string]string{
			"/home/linuxbrew/.linuxbrew/opt/postgresql@16/bin": "16.1",
		}, 0, "/home/linuxbrew/.linuxbrew/opt/postgresql@16/bin", 16},
		{"Postgres.app", map[string]string{
			"/Applications/Postgres.app/Contents/Versions/16/bin": "16.1", "/Applications/Postgres.app/Contents/Versions/9.6/bin": "9.6",
		}, 0, "/Applications/Postgres.app/Contents/Versions/16/bin", 16},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			install(t, root, test.installed)
			found, err := pgserver.Find(t.Context(), pgserver.Search{Root: root}, test.want)
			require.NoError(t, err)
			require.Equal(t, pgserver.Binaries{Dir: filepath.Join(root, test.dir), Major: test.major}, found)
		})
	}
}

func TestFindPrefersWhatTheOperatorChose(t *testing.T) {
	root := t.TempDir()
	install(t, root, map[string]string{
		"/usr/lib/postgresql/17/bin": "17.0", "/opt/mine": "15.0", "/srv/named": "14.0", "/srv/half": "16.0",
	})
	require.NoError(t, os.Remove(filepath.Join(root, "/srv/half/initdb")))
	path := filepath.Join(root, "/nowhere") + ":" + filepath.Join(root, "/srv/half") + ":.:" + filepath.Join(root, "/opt/mine")
	search := pgserver.Search{Path: path, Root: root}

	found, err := pgserver.Find(t.Context(), search, 0)
	require.NoError(t, err)
	require.Equal(t, filepath.Join(root, "/opt/mine"), found.Dir, "PATH comes before the usual places, where it has both programs")

	search.BinDir = filepath.Join(root, "/srv/named")
	found, err = pgserver.Find(t.Context(), search, 0)
	require.NoError(t, err)
	require.Equal(t, search.BinDir, found.Dir, "the setting comes before all")

	_, err = pgserver.Find(t.Context(), search, 17)
	var others *pgserver.OtherVersionsError
	require.ErrorAs(t, err, &others, "nothing else is searched")
	require.Equal(t, []pgserver.Binaries{{Dir: search.BinDir, Major: 14}}, others.Found)
}

func TestFindIgnoresTheFolderOneIsIn(t *testing.T) {
	dir := t.TempDir()
	install(t, dir, map[string]string{"": "15.0"})
	t.Chdir(dir)
	_, err := pgserver.Find(t.Context(), pgserver.Search{Path: ".::", Root: t.TempDir()}, 0)
	require.Error(t, err)
}

func TestFindFollowsLinks(t *testing.T) {
	root := t.TempDir()
	install(t, root, map[string]string{"/usr/lib/postgresql/15/bin": "15.0"})
	real, bin := filepath.Join(root, "/usr/lib/postgresql/15/bin"), filepath.Join(root, "/usr/local/bin")
	require.NoError(t, os.MkdirAll(bin, 0o755))
	for _, program := range []string{"initdb", "postgres"} {
		require.NoError(t, os.Symlink(filepath.Join(real, program), filepath.Join(bin, program)))
	}
	found, err := pgserver.Find(t.Context(), pgserver.Search{Path: bin, Root: t.TempDir()}, 0)
	require.NoError(t, err)
	require.Equal(t, real, found.Dir, "the programs look for their share files beside their real folder")
}

func TestWithoutBinariesTheWaysOutAreNamed(t *testing.T) {
	old, empty := t.TempDir(), t.TempDir()
	install(t, old, map[string]string{"/usr/lib/postgresql/12/bin": "12.1"})
	for name, search := range map[string]pgserver.Search{
		"none at all":             {Root: empty},
		"none in the one named":   {Root: old, BinDir: empty},
		"none that is new enough": {Root: old, Path: filepath.Join(old, "/usr/lib/postgresql/12/bin")},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := pgserver.Find(t.Context(), search, 0)
			for _, way := range []string{"install PostgreSQL 14 or later", "POSTGRES_BIN_DIR", "DATABASE_URL"} {
				require.ErrorContains(t, err, way)
			}
		})
	}
}
