package pgserver_test

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
)

// installed are the machine's binaries.
func installed(t *testing.T) pgserver.Binaries {
	t.Helper()
	found, err := pgserver.Find(t.Context(), pgserver.Search{
		BinDir: os.Getenv("POSTGRES_BIN_DIR"), Path: os.Getenv("PATH"),
	}, 0)
	require.NoError(t, err)
	return found
}

// wrap makes a folder of binaries that run some lines of shell before the machine's own (postgres: but for --version).
func wrap(t *testing.T, initdb, postgres string) string {
	t.Helper()
	bin, dir := installed(t).Dir, folder(t)
	script := func(program, lines string) {
		content := fmt.Sprintf("#!/bin/sh\n[ \"$1\" = --version ] || {\n:\n%s\n}\nexec %s/%s \"$@\"\n", lines, bin, program)
		require.NoError(t, os.WriteFile(filepath.Join(dir, program), []byte(content), 0o755))
	}
	script("initdb", initdb)
	script("postgres", postgres)
	return dir
}

// fifo is a pipe that nobody writes to: who reads it waits.
func fifo(t *testing.T) string {
	t.Helper()
	path := filepath.Join(folder(t), "fifo")
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	require.NoError(t, os.Chmod(path, 0o666))
	return path
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
