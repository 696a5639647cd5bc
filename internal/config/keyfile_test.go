package config_test

import (
	"os"
	"path/filepath"
	"sync"
	"syscall"
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

func TestWhereKeysAre(t *testing.T) {
	folder := t.TempDir()
	require.Equal(t, config.KeyFile(filepath.Join(folder, "encryption.keys")), config.Config{DataDir: folder}.KeyFile())
	require.Empty(t, config.Config{DataDir: folder, EncryptionKeys: config.Keys{{1}}}.KeyFile(), "they are in ENCRYPTION_KEYS")

	pipe := filepath.Join(folder, "pipe")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	go func() { _ = os.WriteFile(pipe, []byte(firstKey), 0o600) }()
	got, err := config.Settings{EncryptionKeysFile: pipe}.Resolve()
	require.NoError(t, err)
	require.Len(t, got.EncryptionKeys, 1)
	require.Empty(t, got.KeyFile(), "a pipe can be read once")
}

// newKeyFile returns a file with the keys, which a symbolic link leads to, as in Kubernetes.
func newKeyFile(t *testing.T, keys string) (link config.KeyFile, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "keys")
	require.NoError(t, os.WriteFile(path, []byte(keys), 0o640))
	require.NoError(t, os.Chmod(path, 0o640))
	name := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(path, name))
	return config.KeyFile(name), path
}

func TestKeysAreAddedAndDropped(t *testing.T) {
	file, path := newKeyFile(t, firstKey+", "+secondKey+"\n")
	if os.Geteuid() == 0 {
		require.NoError(t, os.Chown(path, 12345, 54321))
	}
	before, err := file.Read()
	require.NoError(t, err)
	require.NoError(t, file.Add())
	added, err := file.Read()
	require.NoError(t, err)
	require.Len(t, added, 3)
	require.Equal(t, before, added[1:], "the new key is the first")

	info, err := os.Lstat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o640), info.Mode(), "its readers can still read it, and it is no link")
	if os.Geteuid() == 0 {
		stat := info.Sys().(*syscall.Stat_t)
		require.Equal(t, []uint32{12345, 54321}, []uint32{stat.Uid, stat.Gid})
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "no temporary files are left")

	require.NoError(t, file.Keep(func(key []byte) bool { return string(key) == string(before[1]) }))
	kept, err := file.Read()
	require.NoError(t, err)
	require.Equal(t, config.Keys{added[0], before[1]}, kept)
	require.NoError(t, file.Keep(func([]byte) bool { return false }))
	kept, err = file.Read()
	require.NoError(t, err)
	require.Equal(t, config.Keys{added[0]}, kept, "the newest stays")
}

func TestKeysThatAreAddedAtOnceAreAllThere(t *testing.T) {
	file, _ := newKeyFile(t, firstKey)
	var group sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		group.Go(func() { errs[i] = file.Add() })
	}
	for range 100 { // whoever reads meanwhile finds the file whole
		_, err := file.Read()
		require.NoError(t, err)
	}
	group.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	keys, err := file.Read()
	require.NoError(t, err)
	require.Len(t, keys, 9)
}

func TestKeysAreBounded(t *testing.T) {
	file, path := newKeyFile(t, firstKey)
	for range 15 {
		require.NoError(t, file.Add())
	}
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	require.ErrorContains(t, file.Add(), "16 keys")
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
}
