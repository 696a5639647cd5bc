package postgres

import (
	"slices"
	"unicode/utf8"
)

const (
	// mostFound is how many watches of a page's search are looked up by the index of trigrams. The words of more are so common that reading the
	// firm's watches in their order fills a page sooner.
	mostFound = 250
	// sampled are so many of a firm's oldest watches, and as many of its newest. Where commonIn of the ones and commonIn of the others have the words,
	// nothing is looked up.
	sampled, commonIn = "64", "4"
)

// indexed reports whether the index can find the words: one has to have three letters. Where row-level security binds the tables' owner
// too, it can't be used.
func (s *Watches) indexed(words []string) bool {
	return !s.db.RowSecurityForced() &&
		slices.ContainsFunc(words, func(word string) bool { return utf8.RuneCountInString(word) >= 3 })
}

// hasWords adds the conditions of a search to a statement of watches, and of those that the index found, which may have changed since. That strpos
// isn't 0 the planner takes to be so of nearly all, and reads in order; > 0, and LIKE, it takes to be rare, and would sort all of a large firm's.
func hasWords(query *statement, words []string) *statement {
	for _, word := range words {
		query.Where("strpos(w.search_text, ?) <> 0", word)
	}
	return query
}

// addLookup begins a statement with what the index found of the words, as ids, which are null where those are many.
func (l listing) addLookup(query *statement) {
	query.Add("WITH sample AS MATERIALIZED (SELECT least(count(*) FILTER (WHERE w.old), count(*) FILTER (WHERE NOT w.old)) AS found FROM ("+
		"(SELECT w.search_text, true AS old FROM watches AS w WHERE w.firm_id = ? ORDER BY w.id LIMIT "+sampled+") UNION ALL "+
		"(SELECT w.search_text, false FROM watches AS w WHERE w.firm_id = ? ORDER BY w.id DESC LIMIT "+sampled+")) AS w WHERE true", l.firmID, l.firmID)
	hasWords(query, l.words)
	query.Add("), indexed AS MATERIALIZED (SELECT CASE WHEN found < "+commonIn+" THEN search_watches(?, ?) END AS ids FROM sample) ", l.words, mostFound)
}
