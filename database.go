package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"watchkeeper/internal/config"
	"watchkeeper/internal/pgserver"
	"watchkeeper/internal/postgres"
)

const (
	// stopTimeout is how long the built-in database may take to stop.
	stopTimeout = 3 * time.Second
	// disconnectTimeout is how long a database that may answer nothing any more keeps a server that stops.
	disconnectTimeout = 2 * time.Second
	// joinTimeout is how long a command waits for the built-in database of a server that is starting.
	joinTimeout = 30 * time.Second
)

// database is the database that the settings name, with the built-in server where there is one.
type database struct {
	*postgres.DB
	builtIn *pgserver.Server
}

// openDatabase starts the built-in server, unless the settings name another, and connects.
func openDatabase(
	ctx context.Context, settings config.Config, ephemeral bool, log *slog.Logger, options ...postgres.Option,
) (*database, error) {
	d := &database{}
	address := string(settings.DatabaseURL)
	if address == "" {
		builtIn, err := pgserver.Start(ctx, pgserver.Config{
			DataDir: settings.DataDir, BinDir: settings.PostgresBinDir, Ephemeral: ephemeral, Logger: log,
		})
		if err != nil {
			return nil, fmt.Errorf("starting the built-in database: %w", err)
		}
		d.builtIn, address = builtIn, builtIn.URL()
	}
	var err error
	if d.DB, err = postgres.Open(ctx, address, options...); err != nil {
		err = fmt.Errorf("connecting to the database: %w", err)
		d.close(&err)
		return nil, err
	}
	return d, nil
}

// joinDatabase is openDatabase for commands, which may work on the built-in database while a server has it open.
func joinDatabase(ctx context.Context, settings config.Config, log *slog.Logger) (*database, error) {
	d, err := openDatabase(ctx, settings, false, log)
	if !errors.Is(err, pgserver.ErrInUse) {
		return d, err
	}
	waiting, cancel := context.WithTimeout(ctx, joinTimeout)
	defer cancel()
	address, err := pgserver.Join(waiting, settings.DataDir)
	if err != nil {
		return nil, err
	}
	db, err := postgres.Open(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("connecting to the database: %w", err)
	}
	return &database{DB: db}, nil
}

// migrate brings the tables up to date.
func (d *database) migrate(ctx context.Context, log *slog.Logger) error {
	if err := d.Migrate(ctx); err != nil {
		return err
	}
	if d.RowSecurityForced() {
		log.WarnContext(ctx, "the role of DATABASE_URL can neither create the role watchkeeper_app nor work as it, so that row-level "+
			"security binds the owner of the tables itself (README, The database's role)")
	}
	return nil
}

// monitor ends the server when the built-in database ends by itself.
func (d *database) monitor(ctx context.Context, stop context.CancelCauseFunc) {
	if d.builtIn == nil {
		return
	}
	select {
	case <-ctx.Done():
	case <-d.builtIn.Done():
		stop(fmt.Errorf("the built-in database ended: %w", d.builtIn.Err()))
	}
}

// close disconnects, and stops the built-in server; what fails is joined to err.
func (d *database) close(err *error) {
	if d.DB != nil {
		select {
		case failed := <-runInBackground(d.Close):
			*err = errors.Join(*err, failed)
		case <-time.After(disconnectTimeout):
			*err = errors.Join(*err, errors.New("the database doesn't answer: connections to it were left open"))
		}
	}
	if d.builtIn == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	*err = errors.Join(*err, d.builtIn.Stop(ctx))
}

// onDatabase opens the database that the settings name for one piece of work.
func onDatabase(ctx context.Context, settings config.Settings, work func(*database) error) error {
	resolved, log, err := resolve(settings)
	if err != nil {
		return err
	}
	return onResolved(ctx, resolved, log, work)
}

func onResolved(ctx context.Context, settings config.Config, log *slog.Logger, work func(*database) error) (err error) {
	d, err := joinDatabase(ctx, settings, log)
	if err != nil {
		return err
	}
	defer d.close(&err)
	return work(d)
}
