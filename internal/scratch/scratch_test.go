package scratch_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/scratch"
)

// ownerOf names a place in the environment of a process of this test binary that owns a folder there until it is killed.
const ownerOf = "SCRATCH_TEST_OWNER_OF"

func TestMain(m *testing.M) {
	place := os.Getenv(ownerOf)
	if place == "" {
		os.Exit(m.Run())
	}
	root, err := scratch.OpenIn(place)
	if err != nil {
		panic(err)
	}
	if _, err := root.NewFolder(context.Background()); err != nil {
		panic(err)
	}
	select {}
}

func TestAFolderEndsWithItsTest(t *testing.T) {
	var dir string
	t.Run("test", func(t *testing.T) {
		dir = scratch.Dir(t)
		require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
		info, err := os.Stat(dir)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o755), info.Mode().Perm())
	})
	require.NoDirExists(t, dir)
	require.NoFileExists(t, dir+".owner")
}

func TestFoldersOfKilledProcessesAreRemovedAndNoOthers(t *testing.T) {
	place := t.TempDir()
	root, err := scratch.OpenIn(place)
	require.NoError(t, err)
	ours, err := root.NewFolder(t.Context())
	require.NoError(t, err)

	program, err := os.Executable()
	require.NoError(t, err)
	owner := exec.CommandContext(t.Context(), program)
	owner.Env = append(os.Environ(), ownerOf+"="+place)
	require.NoError(t, owner.Start())
	var both []string
	require.Eventually(t, func() bool {
		both, err = filepath.Glob(root.Path("folder-*[0-9].owner"))
		return err == nil && len(both) == 2
	}, 10*time.Second, 5*time.Millisecond)
	third, err := root.NewFolder(t.Context())
	require.NoError(t, err)
	require.NoError(t, third.Remove())
	for _, name := range both {
		require.FileExists(t, name, "whose owners live")
	}

	require.NoError(t, owner.Process.Kill())
	require.Error(t, owner.Wait())
	require.NoError(t, os.RemoveAll(ours.Path), "even of one without a folder")
	third, err = root.NewFolder(t.Context())
	require.NoError(t, err)
	left, err := filepath.Glob(root.Path("folder-*"))
	require.NoError(t, err)
	require.ElementsMatch(t, []string{ours.Path + ".owner", third.Path, third.Path + ".owner"}, left)
}

func TestARootThatIsntTheUsersOwnIsRefused(t *testing.T) {
	for name, make := range map[string]func(path string) error{
		"a link":             func(path string) error { return os.Symlink(t.TempDir(), path) },
		"a file":             func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"writable by others": func(path string) error { return os.Mkdir(path, 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			place := t.TempDir()
			path := filepath.Join(place, "watchkeeper-test-"+strconv.Itoa(os.Geteuid()))
			require.NoError(t, make(path))
			if name == "writable by others" {
				require.NoError(t, os.Chmod(path, 0o777)) // whatever the umask is
			}
			_, err := scratch.OpenIn(place)
			require.ErrorContains(t, err, "isn't this user's own")
		})
	}
}

func TestWaitingForTheRootEndsWithTheContext(t *testing.T) {
	root, err := scratch.OpenIn(t.TempDir())
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	require.NoError(t, root.Locked(t.Context(), func() error {
		cancel()
		_, err := root.NewFolder(ctx)
		require.ErrorIs(t, err, context.Canceled)
		return nil
	}))
}
