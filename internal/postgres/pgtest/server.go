package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"watchkeeper/internal/pgserver"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/scratch"
)

// gcPercent has the small heaps of tests collected rarely, which saves a tenth of the time.
const gcPercent = 400

// run runs the tests between the start of a server and its end.
func run(m *testing.M) (code int, err error) {
	debug.SetGCPercent(gcPercent)
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	dir, remove, err := folder(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, remove()) }()
	server, err := pgserver.Start(ctx, config(dir))
	if err != nil {
		return 0, err
	}
	defer func() {
		stopping, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		err = errors.Join(err, server.Stop(stopping))
	}()
	clones, err := prepare(ctx, server.URL())
	if err != nil {
		return 0, err
	}
	if databases, err = newPool(ctx, server.URL(), clones); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, databases.close()) }()
	return m.Run(), nil
}

func config(dir string) pgserver.Config {
	return pgserver.Config{DataDir: dir, BinDir: os.Getenv("POSTGRES_BIN_DIR"), Ephemeral: true}
}

// folder is the server's: with a copy of the cluster in it, or empty where that can't be had. A server on an empty folder
// makes its own cluster, which is only slower.
func folder(ctx context.Context) (dir string, remove func() error, err error) {
	root, err := scratch.Open()
	if err == nil {
		var own *scratch.Folder
		if own, err = root.NewFolder(ctx); err == nil {
			if err := copyCluster(ctx, root, own.Path); err != nil {
				fmt.Fprintln(os.Stderr, "pgtest: PostgreSQL starts from nothing:", err)
				err = os.RemoveAll(filepath.Join(own.Path, dataFolder))
				return own.Path, own.Remove, err
			}
			return own.Path, own.Remove, nil
		}
	}
	fmt.Fprintln(os.Stderr, "pgtest: PostgreSQL starts from nothing:", err)
	if dir, err = os.MkdirTemp("", "watchkeeper-test-"); err != nil {
		return "", nil, fmt.Errorf("making a folder: %w", err)
	}
	return dir, func() error { return os.RemoveAll(dir) }, nil
}

// prepare makes the template, in the database that the server begins with, and sets the server up for tests. A cluster that
// was copied is prepared already, which is made sure of.
func prepare(ctx context.Context, url string) (is form, err error) {
	db, err := postgres.Open(ctx, url, postgres.WithMaxConns(1))
	if err != nil {
		return form{}, err
	}
	defer func() { err = errors.Join(err, db.Close()) }() // a database that somebody is connected to can't be cloned
	if err := db.Migrate(ctx); err != nil {
		return form{}, err
	}
	ctx = AcrossFirms(ctx)
	for _, statement := range []string{
		"ALTER SYSTEM SET autovacuum = off", // it would change plans, and be in the way of wiping
		"ALTER SYSTEM SET jit = off",
		"ALTER SYSTEM SET checkpoint_timeout = '1h'",
		"SELECT pg_reload_conf()",
	} {
		if _, err := db.Pool().Exec(ctx, statement); err != nil {
			return form{}, fmt.Errorf("setting the tests' server up: %w", err)
		}
	}
	return formOf(ctx, db.Pool())
}
