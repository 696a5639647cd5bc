// Package pgserver runs the built-in PostgreSQL: a child process of the server on a data folder of its own, for people
// who don't want to maintain a database.
//
// It uses the binaries that are on the machine. The database listens on a Unix socket in a private folder and on no TCP
// port. A data folder has one server at a time, and a folder made by another major version is never written to. The
// layout of the folder:
//
//	lock           held by the server that uses the folder
//	postgres/      PostgreSQL's own data
//	postgres.log   what PostgreSQL said since its last start; postgres.log.old, before that
//	run            the socket: a folder, or a link to one where the path would be too long for a socket
package pgserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// Config says where the data is and which PostgreSQL works on it.
type Config struct {
	// DataDir is the folder that everything is kept in. It is created when missing.
	DataDir string
	// BinDir is the folder that holds initdb and postgres; empty: the usual places are searched.
	BinDir string
	// Ephemeral gives up safety for speed: what is written may not survive a crash of PostgreSQL or of
	// the machine. For tests and demos.
	Ephemeral bool
	// Logger logs what happens; nil: nothing is logged.
	Logger *slog.Logger
}

// Server is a running PostgreSQL. Its owner calls Stop.
type Server struct {
	home      home
	logger    *slog.Logger
	account   account
	binaries  Binaries
	ephemeral bool

	lock     *os.File
	log      *os.File
	socket   socket
	process  *process
	stopping atomic.Bool
	release  sync.Once
}

// Start runs PostgreSQL on the data folder and returns when it answers and has the database. The context bounds the
// start alone.
//
// It fails with a sentence that says what to do when there are no binaries or none of the folder's version, when another
// server uses the folder, and when the user that is to run PostgreSQL can't enter it; with the last of PostgreSQL's own
// words when that won't start.
func Start(ctx context.Context, config Config) (*Server, error) {
	s := &Server{logger: config.Logger, ephemeral: config.Ephemeral}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	if err := s.start(ctx, config); err != nil {
		if s.process != nil {
			err = errors.Join(err, s.process.shutDown(ctx))
		}
		s.cleanUp()
		return nil, err
	}
	return s, nil
}

// start goes from what only reads to what writes: a folder that is refused is left as it was.
func (s *Server) start(ctx context.Context, config Config) error {
	dataDir, err := filepath.Abs(config.DataDir)
	if err != nil {
		return fmt.Errorf("finding the data folder: %w", err)
	}
	s.binaries, err = binariesFor(ctx, homeAt(dataDir), config.BinDir)
	if err != nil {
		return err
	}
	s.account, err = accountFor(homeAt(dataDir))
	if err != nil {
		return err
	}
	s.home, err = openHome(dataDir, s.account)
	if err != nil {
		return err
	}
	s.lock, err = s.home.takeLock()
	if err != nil {
		return err
	}
	if err := s.account.probe(ctx, s.binaries, s.home); err != nil {
		return err
	}
	return s.run(ctx)
}

// run does what needs the lock.
func (s *Server) run(ctx context.Context) error {
	if err := s.stopOrphan(ctx); err != nil {
		return err
	}
	var err error
	if s.log, err = s.home.openLog(); err != nil {
		return err
	}
	if err := s.ensureCluster(ctx); err != nil {
		return err
	}
	if s.socket, err = openSocket(s.home, s.account); err != nil {
		return err
	}
	if err := s.launchPostgres(ctx); err != nil {
		return err
	}
	s.logger.InfoContext(ctx, "built-in PostgreSQL is running",
		"version", s.binaries.Major, "data_dir", s.home.dir, "user", s.account.name)
	return nil
}

// URL is where pgx finds the database. It holds until Stop.
func (s *Server) URL() string {
	return s.socket.url(databaseName)
}

// Done is closed once PostgreSQL has ended, by Stop or by itself.
func (s *Server) Done() <-chan struct{} {
	return s.process.done
}

// Err is why PostgreSQL ended by itself. It is nil while it runs and when it was stopped.
func (s *Server) Err() error {
	select {
	case <-s.process.done:
	default:
		return nil
	}
	if s.stopping.Load() {
		return nil
	}
	return s.ended("the built-in PostgreSQL ended by itself")
}

// Stop shuts PostgreSQL down, waits for its end and frees the folder. When the context ends first, or PostgreSQL takes
// too long, it is made to end at once: nothing is lost, but the next start takes longer. Stopping twice is harmless.
func (s *Server) Stop(ctx context.Context) error {
	select {
	case <-s.process.done:
	default:
		s.stopping.Store(true)
	}
	err := s.process.shutDown(ctx)
	s.cleanUp()
	return err
}

// cleanUp removes the socket and closes the files. The lock comes last: whoever gets it finds all else done.
func (s *Server) cleanUp() {
	s.release.Do(func() {
		errs := []error{s.socket.remove()}
		for _, file := range []*os.File{s.log, s.lock} {
			if file != nil {
				errs = append(errs, file.Close())
			}
		}
		if err := errors.Join(errs...); err != nil {
			s.logger.Warn("tidying up after the built-in PostgreSQL", "error", err)
		}
	})
}
