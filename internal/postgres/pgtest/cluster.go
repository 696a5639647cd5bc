package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"watchkeeper/internal/pgserver"
	"watchkeeper/internal/scratch"
	"watchkeeper/migrations"
)

const (
	// dataFolder is where pgserver has a cluster in its folder.
	dataFolder = "postgres"
	// clusterFormat counts what else changes a cluster: initdb's options, the settings in prepare.
	clusterFormat = 1
	// clusterPrefix begins the names of prepared clusters.
	clusterPrefix = "cluster-"
	// keepUnused is how long a prepared cluster stays that nobody copies.
	keepUnused = 24 * time.Hour
)

// copyCluster puts a copy of a prepared cluster into the folder of a server. Making a cluster takes ten times as long as
// copying one: so one is made for all test binaries that need the same, and kept in the root until nobody has used it for
// a day.
func copyCluster(ctx context.Context, root *scratch.Root, dir string) error {
	key, err := clusterKey(ctx)
	if err != nil {
		return err
	}
	prepared := root.Path(clusterPrefix + key)
	return root.Locked(ctx, func() error {
		if _, err := os.Stat(prepared); err != nil {
			removeUnused(root)
			if err := makeCluster(ctx, filepath.Join(dir, "making"), prepared); err != nil {
				return err
			}
		}
		now := time.Now()
		return errors.Join(
			os.Chtimes(prepared, now, now), // it was used
			copyFolder(prepared, filepath.Join(dir, dataFolder)),
		)
	})
}

// clusterKey names all that decides how a prepared cluster is made.
func clusterKey(ctx context.Context) (string, error) {
	binaries, err := pgserver.Find(ctx, pgserver.Search{BinDir: os.Getenv("POSTGRES_BIN_DIR"), Path: os.Getenv("PATH")}, 0)
	if err != nil {
		return "", err
	}
	program, err := os.Stat(filepath.Join(binaries.Dir, "postgres"))
	if err != nil {
		return "", fmt.Errorf("finding PostgreSQL: %w", err)
	}
	hash := sha256.New()
	fmt.Fprintln(hash, clusterFormat, binaries.Dir, binaries.Major, program.Size(), program.ModTime().UnixNano())
	err = fs.WalkDir(migrations.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(migrations.FS, path)
		fmt.Fprintf(hash, "%s %d\n%s", path, len(content), content)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reading the migrations: %w", err)
	}
	migrator, err := rivermigrate.New(riverpgxv5.New(nil), nil)
	if err != nil {
		return "", fmt.Errorf("reading River's migrations: %w", err)
	}
	for _, version := range migrator.AllVersions() {
		fmt.Fprintf(hash, "river %d %d\n%s", version.Version, len(version.SQLUp), version.SQLUp)
	}
	return hex.EncodeToString(hash.Sum(nil)[:8]), nil
}

// makeCluster makes a migrated cluster, which gets its name only when it is complete.
func makeCluster(ctx context.Context, making, name string) (err error) {
	defer func() { err = errors.Join(err, os.RemoveAll(making)) }()
	server, err := pgserver.Start(ctx, config(making))
	if err != nil {
		return err
	}
	_, err = prepare(ctx, server.URL())
	if err := errors.Join(err, server.Stop(ctx)); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(making, dataFolder), name); err != nil {
		return fmt.Errorf("keeping a prepared cluster: %w", err)
	}
	return nil
}

// removeUnused removes prepared clusters that nobody used for long: those of other migrations. What resists stays.
func removeUnused(root *scratch.Root) {
	prepared, _ := filepath.Glob(root.Path(clusterPrefix + "*")) // the pattern is constant
	for _, path := range prepared {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > keepUnused {
			_ = os.RemoveAll(path)
		}
	}
}

// copyFolder copies a folder with all that is in it, and the modes. The copy belongs to this process's user.
func copyFolder(from, to string) error {
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.Mkdir(filepath.Join(to, name), info.Mode().Perm())
		}
		return copyFile(path, filepath.Join(to, name), info.Mode().Perm())
	})
	if err != nil {
		return fmt.Errorf("copying a prepared cluster: %w", err)
	}
	return nil
}

func copyFile(from, to string, mode fs.FileMode) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source) // by the kernel, where it can
	return errors.Join(err, target.Close())
}
