package postgres

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/watch"
)

// mostFound is how many watches of a page's search are looked up by the index of trigrams. The words of more are so common that reading
// the firm's watches in their order fills a page sooner.
const mostFound = 500

// indexed reports whether the index can find the words: one has to have three letters. Where row-level security binds the tables' owner
// too, it can't be used.
func (s *Watches) indexed(words []string) bool {
	return !s.db.RowSecurityForced() &&
		slices.ContainsFunc(words, func(word string) bool { return utf8.RuneCountInString(word) >= 3 })
}

// narrowed limits a list to the watches that the index finds, if those are few: one statement, or none.
func (s *Watches) narrowed(ctx context.Context, filter watch.WatchFilter) (func(*bun.SelectQuery) *bun.SelectQuery, error) {
	unchanged := func(query *bun.SelectQuery) *bun.SelectQuery { return query }
	words := filter.Words()
	if !s.indexed(words) {
		return unchanged, nil
	}
	var ids []string // nil: many
	if err := s.ask(ctx, &ids, "SELECT search_watches($1, $2)", words, mostFound); err != nil {
		return nil, err
	}
	if ids == nil {
		return unchanged, nil
	}
	return func(query *bun.SelectQuery) *bun.SelectQuery {
		return query.Where("w.id = ANY (?::text[])", pgdialect.Array(ids))
	}, nil
}

// countFound counts what a search finds: one statement. ok is false where the index can't.
func (s *Watches) countFound(ctx context.Context, firmID string, filter watch.WatchFilter) (count int, ok bool, err error) {
	words := filter.Words()
	if !s.indexed(words) {
		return 0, false, nil
	}
	filter.Search = nil
	if filter.Empty() {
		err = s.ask(ctx, &count, "SELECT cardinality(search_watches($1, NULL))", words)
		return count, true, err
	}
	total, err := s.filtered((*watch.Watch)(nil), firmID, filter).Relation("ClioLink").
		Where("w.id IN (SELECT unnest(search_watches(?, NULL)))", pgdialect.Array(words)).Count(ctx)
	return int(total), true, err
}

// ask reads one value by a statement that stays prepared.
func (s *Watches) ask(ctx context.Context, into any, sql string, arguments ...any) error {
	read := func(rows pgx.Rows) error {
		for rows.Next() {
			if err := rows.Scan(into); err != nil {
				return fmt.Errorf("reading what was found: %w", err)
			}
		}
		return nil
	}
	err := s.db.withPipeline(ctx, func(pipe *pipeline) error {
		return pipe.send(ctx, step{sql: sql, args: arguments, read: read})
	})
	if err != nil {
		return fmt.Errorf("searching: %w", err)
	}
	return nil
}
