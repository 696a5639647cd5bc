package main

import (
	"context"
	"fmt"
	"time"

	"watchkeeper/internal/config"
)

// migrateCommand is `migrate`.
type migrateCommand struct {
	Up     migrateUpCommand     `cmd:"" help:"Bring the tables up to date, as serve does at its start."`
	Status migrateStatusCommand `cmd:"" help:"List the migrations, and which were applied. Changes no table."`
}

type migrateUpCommand struct {
	config.Settings
}

// Run brings the tables up to date.
func (c migrateUpCommand) Run(ctx context.Context) error {
	return onDatabase(ctx, c.Settings, func(d *database) error {
		if err := d.Migrate(ctx); err != nil {
			return err
		}
		return printStatus(ctx, d)
	})
}

type migrateStatusCommand struct {
	config.Settings
}

// Run lists the migrations.
func (c migrateStatusCommand) Run(ctx context.Context) error {
	return onDatabase(ctx, c.Settings, func(d *database) error { return printStatus(ctx, d) })
}

func printStatus(ctx context.Context, d *database) error {
	migrations, err := d.MigrationStatus(ctx)
	if err != nil {
		return err
	}
	for _, migration := range migrations {
		applied := "not applied"
		if migration.AppliedAt != nil {
			applied = "applied " + migration.AppliedAt.UTC().Format(time.RFC3339)
		}
		fmt.Printf("%-40s %s\n", migration.Name, applied)
	}
	return nil
}
