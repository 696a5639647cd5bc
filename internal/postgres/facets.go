package postgres

import (
	"context"

	"watchkeeper/internal/watch"
)

// Facets is two statements. The spelling shown is the commonest, and of equally common ones the first.
func (s *Watches) Facets(ctx context.Context, firmID string, limit int) (*watch.WatchFacets, error) {
	ctx = ForFirm(ctx, firmID)
	facets := &watch.WatchFacets{AssignedTo: []watch.Facet{}, Tags: []watch.Facet{}}
	for _, facet := range []struct {
		held string // the spellings, and what they are without case
		into *[]watch.Facet
	}{
		{`SELECT w.assigned_to AS value, w.assigned_fold AS fold FROM watches AS w
			WHERE w.firm_id = ? AND w.status = 'ACTIVE' AND w.assigned_fold <> ''`, &facets.AssignedTo},
		{`SELECT tag AS value, fold FROM watches AS w CROSS JOIN unnest(w.tags, w.tag_folds) AS held (tag, fold)
			WHERE w.firm_id = ? AND w.status = 'ACTIVE'`, &facets.Tags},
	} {
		// First the spellings are counted, of which there are few: to sort all that are held takes three times as long.
		err := s.db.bun.NewRaw(`
			SELECT (array_agg(value ORDER BY count DESC, value COLLATE "C"))[1] AS value, sum(count)::bigint AS count
			FROM (SELECT value, fold, count(*) AS count FROM (`+facet.held+`) AS held GROUP BY value, fold) AS spelled
			GROUP BY fold ORDER BY 2 DESC, fold COLLATE "C" LIMIT ?`, firmID, limit).Scan(ctx, facet.into)
		if err != nil {
			return nil, err
		}
	}
	return facets, nil
}
