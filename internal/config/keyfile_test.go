package config_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/config"
)

func TestKeysAreCreatedOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data", "watchkeeper")
	first, err := config.EnsureKeys(folder)
	require.NoError(t, err)
	require.Len(t, first, 1)
	require.Len(t, first[0], 32)
	second, err := config.EnsureKeys(folder)
	require.NoError(t, err)
	require.Equal(t, first, second)

	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 1, "no temporary files are left")
	info, err := entries[0].Info()
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode())
}

func TestConcurrentProcessesShareAKey(t *testing.T) {
	folder := t.TempDir()
	var group sync.WaitGroup
	results := make([]config.Keys, 8)
	for i := range results {
		group.Go(func() { results[i], _ = config.EnsureKeys(folder) })
	}
	group.Wait()
	for _, keys := range results {
		require.Len(t, keys, 1)
		require.Equal(t, results[0], keys)
	}
}

func TestInvalidKeyFileIsNotReplaced(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "encryption.keys")
	require.NoError(t, os.WriteFile(path, []byte("hunter2"), 0o600))
	_, err := config.EnsureKeys(folder)
	require.ErrorContains(t, err, path)
	require.NotContains(t, err.Error(), "hunter2")
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "hunter2", string(content))
}
