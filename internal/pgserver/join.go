package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrInUse is wrapped by the error of Start when another server uses the data folder.
var ErrInUse = errors.New("another Watchkeeper server is using the data folder")

// Join returns where pgx finds the database of the server that another process runs on the data folder, which may be starting: it
// waits until the database answers or the context ends. The address holds until that server stops.
func Join(ctx context.Context, dataDir string) (string, error) {
	resolved, err := filepath.EvalSymlinks(dataDir)
	if err == nil {
		resolved, err = filepath.Abs(resolved)
	}
	if err != nil {
		return "", fmt.Errorf("finding the data folder: %w", err)
	}
	const pause = 50 * time.Millisecond
	for home := homeAt(resolved); ; {
		address := leftBehind(home).url(databaseName)
		err := probeData(ctx, address, home)
		switch {
		case err == nil:
			return address, nil
		case errors.Is(err, fs.ErrPermission):
			return "", fmt.Errorf("the database in %s belongs to another user: do this as the user that runs the server, or as root: %w", resolved, err)
		case errors.Is(err, errOtherData):
			return "", err
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("waiting for the built-in PostgreSQL of another server: %w: %w", ctx.Err(), err)
		case <-time.After(pause):
		}
	}
}

// errOtherData means that the PostgreSQL that answers works on another folder.
var errOtherData = errors.New("another PostgreSQL answers in place of the built-in one")

// probeData is an error unless the database answers and is the one in the data folder.
func probeData(ctx context.Context, address string, h home) (err error) {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	dir, err := dataDirectory(ctx, conn)
	if err != nil {
		return err
	}
	if same, err := sameFolder(dir, h.data); err != nil || same {
		return err
	}
	return fmt.Errorf("%w (data folder %s)", errOtherData, dir)
}

// dataDirectory asks PostgreSQL for its data folder.
func dataDirectory(ctx context.Context, conn *pgx.Conn) (string, error) {
	var dir string
	if err := conn.QueryRow(ctx, "SHOW data_directory").Scan(&dir); err != nil {
		return "", fmt.Errorf("asking PostgreSQL for its data folder: %w", err)
	}
	return dir, nil
}

// sameFolder reports whether two paths lead to the same folder.
func sameFolder(one, other string) (bool, error) {
	first, err := os.Stat(one)
	if err != nil {
		return false, fmt.Errorf("looking at PostgreSQL's data folder: %w", err)
	}
	second, err := os.Stat(other)
	if err != nil {
		return false, fmt.Errorf("looking at PostgreSQL's data folder: %w", err)
	}
	return os.SameFile(first, second), nil
}
