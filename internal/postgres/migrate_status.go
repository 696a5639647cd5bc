package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun/migrate"

	"watchkeeper/migrations"
)

// Migration is one change of the database's tables, applied in one transaction.
type Migration struct {
	// Name is the time at which it was written and, if this program knows the migration, its subject.
	Name string
	// AppliedAt is nil when the database doesn't have it yet.
	AppliedAt *time.Time
}

// MigrationStatus lists the migrations that this program knows or the database has, oldest first. It only reads.
func (db *DB) MigrationStatus(ctx context.Context) ([]Migration, error) {
	ctx = AcrossFirms(ctx, Migrations)
	known, err := discover(migrations.FS)
	if err != nil {
		return nil, err
	}
	var begun bool
	err = db.bun.QueryRowContext(ctx, "SELECT to_regclass(?) IS NOT NULL", migrationTable).Scan(&begun)
	if err != nil {
		return nil, fmt.Errorf("looking for the list of migrations: %w", err)
	}
	if !begun {
		return status(known.Sorted()), nil
	}
	migrator := db.migrator(known)
	listed, err := migrator.MigrationsWithStatus(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the list of migrations: %w", err)
	}
	unknown, err := migrator.MissingMigrations(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the list of migrations: %w", err)
	}
	return status(slices.Concat(listed, unknown)), nil
}

func status(listed migrate.MigrationSlice) []Migration {
	all := make([]Migration, len(listed))
	for i := range listed {
		all[i].Name = listed[i].Name
		if listed[i].Comment != "" {
			all[i].Name += "_" + listed[i].Comment
		}
		if listed[i].IsApplied() {
			at := listed[i].MigratedAt.UTC()
			all[i].AppliedAt = &at
		}
	}
	slices.SortFunc(all, func(a, b Migration) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
