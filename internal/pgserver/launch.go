package pgserver

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

const (
	// childrenTimeout is how long the children of a postmaster that was killed may keep its successor from starting. They
	// notice its death by themselves, but for one that is in the middle of something.
	childrenTimeout = 10 * time.Second
	childrenPeriod  = 20 * time.Millisecond
)

// errChildrenAlive is how PostgreSQL fails to start while children of a postmaster that was killed are still using its
// shared memory.
var errChildrenAlive = errors.New("processes of a PostgreSQL that was killed are still running")

// launchPostgres starts PostgreSQL and returns when it answers. It waits for the children of one that was killed.
func (s *Server) launchPostgres(ctx context.Context) error {
	err := s.launchOnce(ctx)
	if !errors.Is(err, errChildrenAlive) {
		return err
	}
	s.logger.WarnContext(ctx, "waiting for the processes of a PostgreSQL that was killed")
	waiting, cancel := context.WithTimeout(ctx, childrenTimeout)
	defer cancel()
	for errors.Is(err, errChildrenAlive) {
		select {
		case <-waiting.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(childrenPeriod):
			err = s.launchOnce(ctx)
		}
	}
	return err
}

func (s *Server) launchOnce(ctx context.Context) error {
	said := len(s.home.logText())
	var err error
	if s.process, err = launch(s.command("postgres", s.settings()...)); err != nil {
		return fmt.Errorf("starting the built-in PostgreSQL: %w", err)
	}
	err = s.waitUntilReady(ctx)
	select {
	case <-s.process.done:
	default:
		return err
	}
	// The words of src/backend/utils/init/miscinit.c, CreateLockFile; LC_ALL=C keeps them from being translated.
	if err != nil && strings.Contains(s.home.logText()[said:], "pre-existing shared memory block") {
		return fmt.Errorf("%w: %w", errChildrenAlive, err)
	}
	return err
}

// settings are those that the server needs, whatever the folder's postgresql.conf says. PostgreSQL's log gets no
// statements and no details of errors: they have people's names in them.
func (s *Server) settings() []string {
	settings := []string{
		"listen_addresses=", "unix_socket_directories=" + s.socket.dir, "port=" + socketPort,
		"max_connections=100", "timezone=UTC", "log_timezone=UTC", "cluster_name=watchkeeper",
		"logging_collector=off", "log_destination=stderr", "log_checkpoints=off",
		"log_statement=none", "log_min_error_statement=panic", "log_error_verbosity=terse",
	}
	if s.ephemeral {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB",
			"wal_level=minimal", "max_wal_senders=0", "max_wal_size=64MB")
	}
	args := []string{"-D", s.home.data}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	return args
}
