package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/migrate"

	"watchkeeper/migrations"
)

// migrationLock is the key of the advisory lock that Migrate takes, so that servers that start together migrate one after the other.
const migrationLock = 0x77617463686b7065 // "watchkpe"

// migrationTable is where Bun records the migrations that it applied.
const migrationTable = "bun_migrations"

// Migrate applies the migrations that the database lacks, River's included. Each of ours is applied and recorded in one
// transaction. Other callers, in this process or another, wait. If the database has migrations that this program doesn't know,
// it belongs to a newer version: Migrate changes nothing and returns an error.
func (db *DB) Migrate(ctx context.Context) error {
	return db.migrate(ctx, migrations.FS)
}

func (db *DB) migrate(ctx context.Context, files fs.FS) (err error) {
	ctx = AcrossFirms(ctx, Migrations)
	known, err := discover(files)
	if err != nil {
		return err
	}
	own, err := db.forMigrations(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, own.closePool()) }()
	return own.locked(ctx, migrationLock, func() error { return own.apply(ctx, own.migrator(known)) })
}

// forMigrations returns the database on connections of their own, without the timeouts of requests. The caller closes its pool.
func (db *DB) forMigrations(ctx context.Context) (*DB, error) {
	pool, err := pgxpool.NewWithConfig(ctx, unhurried(db.pool.Config()))
	if err != nil {
		return nil, fmt.Errorf("setting up the connections for migrations: %w", err)
	}
	return &DB{pool: pool, bun: bun.NewDB(newSharedConnector(pool).open(), pgdialect.New()), security: db.security}, nil
}

// apply applies what the database lacks, while nobody else does.
func (db *DB) apply(ctx context.Context, migrator *migrate.Migrator) error {
	if err := migrator.Init(ctx); err != nil {
		return fmt.Errorf("creating the list of migrations: %w", err)
	}
	unknown, err := migrator.MissingMigrations(ctx)
	if err != nil {
		return fmt.Errorf("reading the list of migrations: %w", err)
	}
	if len(unknown) > 0 {
		return newerDatabase(unknown)
	}
	if _, err := migrator.Migrate(ctx); err != nil {
		return fmt.Errorf("migrating the database: %w", err)
	}
	if err := db.migrateJobs(ctx); err != nil {
		return err
	}
	return db.secure(ctx)
}

func discover(files fs.FS) (*migrate.Migrations, error) {
	known := migrate.NewMigrations()
	if err := known.Discover(files); err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	return known, nil
}

func (db *DB) migrator(known *migrate.Migrations) *migrate.Migrator {
	// Bun records a migration after its transaction, in a statement of its own. The hook records it within, so that a crash
	// between the two can't leave a migration applied but not recorded; Bun's own statement then finds the row there.
	return migrate.NewMigrator(db.bun, known,
		migrate.WithTableName(migrationTable),
		migrate.WithMarkAppliedOnSuccess(true),
		migrate.WithUpsert(true),
		migrate.AfterMigration(recordApplied),
	)
}

func recordApplied(ctx context.Context, tx bun.IConn, migration *migrate.Migration) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO ? (name, group_id) VALUES (?, ?)",
		bun.Ident(migrationTable), migration.Name, migration.GroupID)
	if err != nil {
		return fmt.Errorf("recording the migration: %w", err)
	}
	return nil
}

func newerDatabase(unknown migrate.MigrationSlice) error {
	names := make([]string, len(unknown))
	for i := range unknown {
		names[i] = unknown[i].Name
	}
	slices.Sort(names)
	return fmt.Errorf("the database belongs to a newer version of Watchkeeper: it has migrations that this program "+
		"doesn't know (%s)", strings.Join(names, ", "))
}

// locked calls the function while it holds an advisory lock of the database. The lock has a connection of its own, outside
// the pool, so that waiting callers can't use up the connections that the one with the lock needs. Closing it releases the lock.
func (db *DB) locked(ctx context.Context, key int64, fn func() error) (err error) {
	conn, err := pgx.ConnectConfig(ctx, db.pool.Config().ConnConfig)
	if err != nil {
		return fmt.Errorf("connecting to the database: %w", err)
	}
	defer func() {
		err = errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
	}()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", key); err != nil {
		return fmt.Errorf("waiting for others to migrate the database: %w", err)
	}
	return fn()
}
