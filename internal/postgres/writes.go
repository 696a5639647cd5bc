package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/uptrace/bun"
)

// write is a statement that changes rows, and can be a part of another one. Its parts don't see what the others change.
type write struct {
	name  string // among the parts of one statement
	doing string // for errors
	query interface {
		bun.Query
		Exec(ctx context.Context, into ...any) (sql.Result, error)
	}
}

// execute executes the writes one by one.
func execute(ctx context.Context, writes []write) error {
	for _, w := range writes {
		if _, err := w.query.Exec(ctx); err != nil {
			return fmt.Errorf("%s: %w", w.doing, err)
		}
	}
	return nil
}
