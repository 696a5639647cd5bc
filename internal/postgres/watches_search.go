package postgres

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

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
func (s *Watches) narrowed(ctx context.Context, filter watch.WatchFilter) (func(*statement) *statement, error) {
	unchanged := func(list *statement) *statement { return list }
	words := filter.Words()
	if !s.indexed(words) {
		return unchanged, nil
	}
	rows, err := read(ctx, s.db, newSelect("search_watches(?, ?)", "", words, mostFound), pgx.RowTo[[]string])
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	ids := rows[0]
	if ids == nil { // many
		return unchanged, nil
	}
	return func(list *statement) *statement { return list.Filter("w.id = ANY (?)", ids) }, nil
}
