package postgres

import (
	"github.com/jackc/pgx/v5"

	"watchkeeper/internal/watch"
)

// Each link is looked up for its watch. One plan serves firms of any size: by a join, which LIMIT prevents, it would read all links of an
// average firm, and so of a large one, for a page of fifty.
const (
	eachLink  = " LEFT JOIN LATERAL (SELECT * FROM clio_links AS t WHERE t.firm_id = w.firm_id AND t.watch_id = w.id LIMIT 1) AS clio_link ON true"
	eachCheck = " LEFT JOIN LATERAL (SELECT * FROM clio_link_checks AS t WHERE t.firm_id = w.firm_id AND t.watch_id = w.id LIMIT 1) AS c ON true"
)

// What a watch shows: not what only a sync, an edit or a search looks at. Clio's last values are JSON, which takes longer to read than all
// the rest.
var (
	shownWatches = newRowsOf[watch.Watch]("w", "edited_at", "search_text", "assigned_fold", "tag_folds")
	shownLinks   = newRowsOf[watch.ClioLink]("clio_link", "settled", "base")
	linkBases    = newRowsOf[watch.ClioLink]("clio_link", "settled")
)

// linksOf are the columns of links that are shown.
func linksOf(shown watch.Shown) rowsOf[watch.ClioLink] {
	if shown.Base {
		return linkBases
	}
	return shownLinks
}

// selectShown begins a statement that reads a firm's watches, up to the first condition.
func selectShown(shown watch.Shown, firmID string) *statement {
	return selectShownFrom("watches AS w", shown).Add(" WHERE w.firm_id = ?", firmID)
}

// selectShownFrom begins a statement that reads what is shown of watches w, up to WHERE.
func selectShownFrom(watches string, shown watch.Shown, values ...any) *statement {
	columns, tables := shownWatches.columns, " FROM "+watches
	if shown.Linked() {
		columns, tables = columns+", "+linksOf(shown).columns, tables+eachLink
	}
	if shown.LastSyncedAt {
		columns, tables = columns+", c.last_synced_at", tables+eachCheck
	}
	if shown.Conflicts {
		columns += ", (SELECT json_agg(k) FROM sync_conflicts AS k WHERE k.firm_id = w.firm_id AND k.watch_id = w.id)"
	}
	return newSelect(columns, tables, values...)
}

// scanShown scans what selectShown selects.
func scanShown(shown watch.Shown) pgx.RowToFunc[*watch.Watch] {
	links := linksOf(shown)
	targets := make([]any, 0, len(shownWatches.fields)+len(links.fields)+2)
	return func(row pgx.CollectableRow) (*watch.Watch, error) {
		w, link := new(watch.Watch), new(watch.ClioLink)
		var conflicts []byte
		into := shownWatches.targets(row, targets, w)
		if shown.Linked() {
			into = links.optional(row, into, link)
		}
		if shown.LastSyncedAt {
			into = append(into, &link.LastSyncedAt)
		}
		if shown.Conflicts {
			into = append(into, &conflicts)
		}
		if err := row.Scan(into...); err != nil {
			return nil, err
		}
		if shown.Conflicts {
			open, err := conflictsFrom(conflicts)
			if err != nil {
				return nil, err
			}
			w.OpenConflicts = open
		}
		if link.WatchID != "" {
			w.ClioLink = link
		}
		return w, nil
	}
}
