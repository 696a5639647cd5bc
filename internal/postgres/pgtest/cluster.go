package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"watchkeeper/internal/pgserver"
	"watchkeeper/migrations"
)

// dataFolder is where pgserver keeps PostgreSQL's own data, within its folder.
const dataFolder = "postgres"

// copyCluster puts a migrated cluster into dir, as if pgserver had made it: a copy of one that is made once for all test binaries and
// kept in the user's cache. Where it can't be kept there, nothing is copied, and pgserver makes one.
func copyCluster(ctx context.Context, binDir, dir string) error {
	kept, err := cachedCluster(ctx, binDir)
	if err != nil || kept == "" {
		return err
	}
	if err := os.CopyFS(filepath.Join(dir, dataFolder), os.DirFS(kept)); err != nil {
		return fmt.Errorf("copying a cluster: %w", err)
	}
	return private(filepath.Join(dir, dataFolder))
}

// cachedCluster is the folder of the cluster that is kept, made if it isn't there; empty where nothing can be kept.
func cachedCluster(ctx context.Context, binDir string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", nil //nolint:nilerr // a machine without a home: every binary makes its own
	}
	key, err := clusterKey(ctx, binDir)
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "watchkeeper-tests")
	kept := filepath.Join(folder, key)
	if _, err := os.Stat(kept); err == nil {
		return kept, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", nil //nolint:nilerr // likewise
	}
	return kept, makeCluster(ctx, binDir, folder, kept)
}

// clusterKey changes with the version of PostgreSQL and with the migrations.
func clusterKey(ctx context.Context, binDir string) (string, error) {
	binaries, err := pgserver.Find(ctx, pgserver.Search{BinDir: binDir, Path: os.Getenv("PATH")}, 0)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	files, err := fs.Glob(migrations.FS, "*.sql")
	if err != nil {
		return "", fmt.Errorf("reading the migrations: %w", err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(migrations.FS, file)
		if err != nil {
			return "", fmt.Errorf("reading the migrations: %w", err)
		}
		_, _ = sum.Write(append([]byte(file), text...))
	}
	return strconv.Itoa(binaries.Major) + "-" + hex.EncodeToString(sum.Sum(nil))[:16], nil
}

// makeCluster makes a migrated cluster beside the place where it is to be kept, and renames it when it is complete. Of several that do so
// at once, one comes first, and the others' are as good.
func makeCluster(ctx context.Context, binDir, folder, kept string) (err error) {
	dir, err := os.MkdirTemp("", "watchkeeper-cluster-")
	if err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	server, err := pgserver.Start(ctx, pgserver.Config{DataDir: dir, BinDir: binDir, Ephemeral: true})
	if err != nil {
		return err
	}
	if err := errors.Join(migrateTemplate(ctx, server.URL()), server.Stop(ctx)); err != nil {
		return err
	}
	half, err := os.MkdirTemp(folder, "half-")
	if err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(half)) }()
	made := filepath.Join(half, dataFolder)
	if err := os.CopyFS(made, os.DirFS(filepath.Join(dir, dataFolder))); err != nil {
		return fmt.Errorf("keeping a cluster: %w", err)
	}
	if err := os.Rename(made, kept); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("keeping a cluster: %w", err)
	}
	return nil
}

// private gives a copied cluster the permissions that PostgreSQL insists on.
func private(folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return os.Chmod(path, 0o700)
	})
}
