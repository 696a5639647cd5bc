package pgserver

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// codeStartingUp is the SQLSTATE of "the database system is starting up" (PostgreSQL's documentation, appendix A).
const codeStartingUp = "57P03"

// waitUntilReady returns once the child answers and has the database. It tries again until then; a child that ended, or
// answers with anything but "not yet", ends the wait.
func (s *Server) waitUntilReady(ctx context.Context) error {
	const longest = 100 * time.Millisecond
	reminder := time.NewTicker(10 * time.Second)
	defer reminder.Stop()
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, longest) {
		err := s.prepareDatabase(ctx)
		if err == nil || !isTransient(err) {
			return err
		}
		select {
		case <-s.process.done:
			return s.ended("the built-in PostgreSQL doesn't start")
		case <-ctx.Done():
			return fmt.Errorf("waiting for the built-in PostgreSQL: %w: %w%s", ctx.Err(), err, quoted(s.home.logTail()))
		case <-reminder.C: // its recovery after a crash can take minutes
			s.logger.WarnContext(ctx, "still waiting for the built-in PostgreSQL", "error", err)
		case <-time.After(pause):
		}
	}
}

// errNoAnswer wraps what a connection fails with before the server is up.
var errNoAnswer = errors.New("no answer yet")

func isTransient(err error) bool {
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) {
		return pgErr.Code == codeStartingUp
	}
	return errors.Is(err, errNoAnswer)
}

// prepareDatabase connects, makes sure that the server is ours, and creates the database where it is missing.
func (s *Server) prepareDatabase(ctx context.Context) (err error) {
	const limit = 5 * time.Second
	connecting, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	conn, err := pgx.Connect(connecting, s.socket.url("postgres"))
	if err != nil {
		return fmt.Errorf("%w: %w", errNoAnswer, err)
	}
	defer func() {
		err = errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
	}()
	if err := s.checkIdentity(ctx, conn); err != nil {
		return err
	}
	var exists bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", databaseName).Scan(&exists)
	if err == nil && !exists {
		_, err = conn.Exec(ctx, "CREATE DATABASE "+databaseName)
	}
	if err != nil {
		return fmt.Errorf("creating the database: %w", err)
	}
	return nil
}

// checkIdentity fails unless the server at the other end is our child on our data.
func (s *Server) checkIdentity(ctx context.Context, conn *pgx.Conn) error {
	dir, err := dataDirectory(ctx, conn)
	if err != nil {
		return err
	}
	same, err := sameFolder(dir, s.home.data)
	if err != nil {
		return err
	}
	if pid, _ := readPID(s.home); !same || pid != s.process.cmd.Process.Pid {
		return fmt.Errorf("%w (data folder %s)", errOtherData, dir)
	}
	return nil
}

// ended is the error of a child that ended, with the end of its log.
func (s *Server) ended(what string) error {
	how := "it gave no reason"
	if s.process.err != nil {
		how = s.process.err.Error()
	}
	return fmt.Errorf("%s: %s%s", what, how, quoted(s.home.logTail()))
}

// quoted marks the end of the log as PostgreSQL's own words.
func quoted(tail string) string {
	if tail == "" {
		return ""
	}
	return "\nPostgreSQL said:\n" + tail
}
