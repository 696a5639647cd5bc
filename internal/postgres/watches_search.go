package postgres

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

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
	err := s.db.bun.NewRaw("SELECT search_watches(?, ?)", pgdialect.Array(words), mostFound).Scan(ctx, pgdialect.Array(&ids))
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
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
	found := pgdialect.Array(words)
	filter.Search = nil
	if filter.Empty() {
		err = s.db.bun.NewRaw("SELECT cardinality(search_watches(?, NULL))", found).Scan(ctx, &count)
		return count, true, err
	}
	total, err := s.filtered((*watch.Watch)(nil), firmID, filter).Relation("ClioLink").
		Where("w.id IN (SELECT unnest(search_watches(?, NULL)))", found).Count(ctx)
	return int(total), true, err
}
