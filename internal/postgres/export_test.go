package postgres

import (
	"context"
	"io/fs"

	"github.com/uptrace/bun"
)

// What the package keeps to itself and its tests look at from outside.

const MigrationLock = migrationLock

func (db *DB) Bun() *bun.DB { return db.bun }

func (db *DB) InTx(ctx context.Context, fn func(ctx context.Context, tx bun.Tx) error) error {
	return db.inTx(ctx, fn)
}

func (db *DB) MigrateFiles(ctx context.Context, files fs.FS) error { return db.migrate(ctx, files) }

func IsUniqueViolation(err error, constraint string) bool { return isUniqueViolation(err, constraint) }

func NotFound(err error) bool { return notFound(err) }

func VersionError(number int) error { return versionError(number) }
