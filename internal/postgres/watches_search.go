package postgres

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
)

// mostFound is how many watches of a page's search are looked up by the index of trigrams. The words of more are so common that reading
// the firm's watches in their order fills a page sooner.
const mostFound = 250

// indexed reports whether the index can find the words: one has to have three letters. Where row-level security binds the tables' owner
// too, it can't be used.
func (s *Watches) indexed(words []string) bool {
	return !s.db.RowSecurityForced() &&
		slices.ContainsFunc(words, func(word string) bool { return utf8.RuneCountInString(word) >= 3 })
}

// searched are the words of a search, and the ids of the watches that the index found, if those are few.
type searched struct {
	words []string
	ids   []string
	few   bool
}

// search looks the words up by the index: one statement, or none.
func (s *Watches) search(ctx context.Context, words []string) (searched, error) {
	found := searched{words: words}
	if !s.indexed(words) {
		return found, nil
	}
	rows, err := read(ctx, s.db, newSelect("search_watches(?, ?)", "", words, mostFound), pgx.RowTo[[]string])
	if err != nil {
		return found, fmt.Errorf("searching: %w", err)
	}
	found.ids, found.few = rows[0], rows[0] != nil
	return found, nil
}

// in limits a statement of watches to what was found. It compares the texts also of those that the index found, which may have changed since.
func (f searched) in(query *statement) *statement {
	if f.few {
		return query.Where("w.id = ANY (?) AND NOT EXISTS (SELECT FROM unnest(?::text[]) AS word WHERE strpos(w.search_text, word) = 0)", f.ids, f.words)
	}
	for _, word := range f.words {
		// Not LIKE: row-level security keeps the planner from estimating it, and a page of a large firm would be sorted as a whole.
		query = query.Filter("strpos(w.search_text, ?) > 0", word)
	}
	return query
}
