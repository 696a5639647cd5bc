package postgres

import (
	"github.com/jackc/pgx/v5"

	"watchkeeper/internal/watch"
)

// watchTables are a watch, and its link with when it was checked, if it has one.
const watchTables = " FROM watches AS w LEFT JOIN clio_links AS clio_link ON clio_link.watch_id = w.id " + joinChecks

// shownTables are the same to be shown, each link looked up for its watch. One plan serves firms of any size: by a join, which LIMIT prevents, it
// would read all links of an average firm, and so of a large one, for a page of fifty.
const shownTables = ` FROM watches AS w
	LEFT JOIN LATERAL (SELECT * FROM clio_links AS t WHERE t.firm_id = w.firm_id AND t.watch_id = w.id LIMIT 1) AS clio_link ON true
	LEFT JOIN LATERAL (SELECT * FROM clio_link_checks AS t WHERE t.firm_id = w.firm_id AND t.watch_id = w.id LIMIT 1) AS c ON true`

// What a watch shows: not what only a sync, an edit or a search looks at.
var (
	shownWatches = newRowsOf[watch.Watch]("w", "edited_at", "search_text", "assigned_fold", "tag_folds")
	shownLinks   = newRowsOf[watch.ClioLink]("clio_link", "settled", "base")
	linkBases    = newRowsOf[watch.ClioLink]("clio_link", "settled")
)

// shownWatch is how watches and their links are read to be shown. Clio's last values are JSON, which takes longer to read than all the rest.
type shownWatch struct {
	links rowsOf[watch.ClioLink]
}

func newShownWatch(withBase bool) shownWatch {
	if withBase {
		return shownWatch{links: linkBases}
	}
	return shownWatch{links: shownLinks}
}

// from begins a statement, up to the first condition.
func (r shownWatch) from(firmID string) *statement {
	return newSelect(shownWatches.columns+", "+r.links.columns+", c.last_synced_at", shownTables+" WHERE w.firm_id = ?", firmID)
}

// scan scans what from selects.
func (r shownWatch) scan() pgx.RowToFunc[*watch.Watch] {
	targets := make([]any, 0, len(shownWatches.places)+len(r.links.places)+1)
	return func(row pgx.CollectableRow) (*watch.Watch, error) {
		w, link := new(watch.Watch), new(watch.ClioLink)
		into := r.links.optional(row, shownWatches.targets(targets, w), link)
		if err := row.Scan(append(into, &link.LastSyncedAt)...); err != nil {
			return nil, err
		}
		if link.WatchID != "" {
			w.ClioLink = link
		}
		return w, nil
	}
}
