package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// initPrefix begins the names of folders in which a cluster is being made.
const initPrefix = "postgres.init-"

// clusterMajor is the major version that made the data; 0 when there is no data yet. Anything else than PostgreSQL's
// data in its place is an error.
func clusterMajor(h home) (int, error) {
	content, err := os.ReadFile(filepath.Join(h.data, "PG_VERSION"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, vacant(h)
	case errors.Is(err, fs.ErrPermission):
		return 0, fmt.Errorf("the data folder %s belongs to another user: start Watchkeeper as that user or as root, or "+
			"choose another DATA_DIR", h.dir)
	case err != nil:
		return 0, fmt.Errorf("reading the version of the data folder: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(content)))
	if err != nil {
		return 0, fmt.Errorf("the data folder %s was made by no PostgreSQL that Watchkeeper knows", h.dir)
	}
	return major, nil
}

func vacant(h home) error {
	entries, err := os.ReadDir(h.data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading the data folder: %w", err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("the folder %s is neither empty nor PostgreSQL's: move it away, or choose another DATA_DIR", h.data)
	}
	return nil
}

// ensureCluster makes the data where there is none. A cluster gets its name only when it is complete, so one that was
// half made when the machine stopped is never mistaken for a whole one.
func (s *Server) ensureCluster(ctx context.Context) error {
	major, err := clusterMajor(s.home)
	if err != nil {
		return err
	}
	if major != 0 {
		if major != s.binaries.Major {
			return otherVersion(s.home, major, []Binaries{s.binaries})
		}
		return s.adoptFromRoot()
	}
	s.removeHalfMade(ctx)
	made, err := s.initialize(ctx, "--locale=C.UTF-8")
	if err != nil && strings.Contains(s.home.logTail(), "invalid locale name") {
		made, err = s.initialize(ctx, "--no-locale")
	}
	if err != nil {
		return err
	}
	if err := os.Rename(made, s.home.data); err != nil { // an empty folder of that name gives way
		return fmt.Errorf("putting PostgreSQL's new data in its place: %w", err)
	}
	return s.home.sync()
}

// adoptFromRoot makes the account the owner of data that root put there, from a backup for example.
func (s *Server) adoptFromRoot() error {
	if owner, ok := ownerOf(s.home.data); ok && owner == 0 {
		return s.account.give(s.home.data)
	}
	return nil
}

// removeHalfMade removes what starts that were killed left behind. What can't be removed does no harm.
func (s *Server) removeHalfMade(ctx context.Context) {
	leftovers, err := filepath.Glob(filepath.Join(s.home.dir, initPrefix+"*"))
	for _, leftover := range leftovers {
		err = errors.Join(err, os.RemoveAll(leftover))
	}
	if err != nil {
		s.logger.WarnContext(ctx, "removing half-made data", "error", err)
	}
}

// initialize makes a cluster in a folder of its own and returns the folder.
func (s *Server) initialize(ctx context.Context, locale string) (string, error) {
	dir, err := os.MkdirTemp(s.home.dir, initPrefix)
	if err != nil {
		return "", fmt.Errorf("making a folder for PostgreSQL's data: %w", err)
	}
	if err := s.account.give(dir); err != nil {
		return "", err
	}
	args := []string{
		"--pgdata=" + dir, "--username=" + roleName, "--auth=trust", "--encoding=UTF8", locale, "--no-instructions",
	}
	if s.ephemeral {
		args = append(args, "--no-sync")
	}
	initdb, err := launch(s.command("initdb", args...))
	if err == nil {
		err = initdb.wait(ctx)
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("making PostgreSQL's data: %w%s", err, quoted(s.home.logTail())), os.RemoveAll(dir))
	}
	return dir, nil
}
