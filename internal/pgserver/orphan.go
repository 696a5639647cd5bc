package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// stopOrphan deals with what a server that was killed may have left: a PostgreSQL still at work on the data, which is
// stopped and never adopted, or the note of one that is gone. The caller holds the folder's lock, so neither can be
// another server's.
func (s *Server) stopOrphan(ctx context.Context) error {
	pid, err := readPID(s.home)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	switch s.occupant(pid) {
	case postmasterOfOurs:
		return s.stopPostmaster(ctx, pid)
	case somethingElse:
		// Numbers of processes are used again. PostgreSQL would take the process that has this one now for its postmaster, and not start.
		if err := os.Remove(pidFile(s.home)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing the note of a PostgreSQL that is gone: %w", err)
		}
		return nil
	default:
		return nil // PostgreSQL itself decides
	}
}

func (s *Server) stopPostmaster(ctx context.Context, pid int) error {
	s.logger.WarnContext(ctx, "stopping a PostgreSQL that an earlier server left behind", "pid", pid)
	postmaster, err := os.FindProcess(pid)
	if err != nil {
		return fmt.Errorf("finding a PostgreSQL that was left behind: %w", err)
	}
	defer func() { _ = postmaster.Release() }() // only forgets the number
	err = shutDown(ctx, postmaster, func() bool { return s.occupant(pid) != postmasterOfOurs })
	if err != nil {
		return fmt.Errorf("stopping a PostgreSQL that was left behind: %w", err)
	}
	return nil
}

func pidFile(h home) string {
	return filepath.Join(h.data, "postmaster.pid")
}

// readPID is the process that last said it was working on the data: the first line of postmaster.pid.
func readPID(h home) (int, error) {
	content, err := os.ReadFile(pidFile(h))
	if err != nil {
		return 0, fmt.Errorf("reading who works on the data folder: %w", err)
	}
	first, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 0 {
		return 0, nil // half written: PostgreSQL knows what to do
	}
	return pid, nil
}

// occupant is the kind of process that has a number now.
type occupant int

const (
	nothing occupant = iota
	postmasterOfOurs
	otherPostgres
	somethingElse
)

func (s *Server) occupant(pid int) occupant {
	if pid <= 0 || errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return nothing
	}
	args, known := commandLine(pid)
	switch {
	case !known:
		return otherPostgres
	case len(args) == 0 || !isPostgres(args[0]):
		return somethingElse
	case slices.Contains(args, s.home.data) || worksIn(pid, s.home.data):
		return postmasterOfOurs
	default:
		return otherPostgres
	}
}

func isPostgres(program string) bool {
	name := strings.TrimSuffix(filepath.Base(program), ":") // "postgres: checkpointer"
	return name == "postgres" || name == "postmaster"
}
