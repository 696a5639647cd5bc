package postgres

import (
	"context"

	"watchkeeper/internal/watch"
)

// Facets is two statements. The spelling shown is the commonest, and of equally common ones the first.
func (s *Watches) Facets(ctx context.Context, firmID string, limit int) (*watch.WatchFacets, error) {
	ctx = ForFirm(ctx, firmID)
	facets := &watch.WatchFacets{AssignedTo: []watch.Facet{}, Tags: []watch.Facet{}}
	err := s.db.bun.NewRaw(`
		SELECT mode() WITHIN GROUP (ORDER BY w.assigned_to COLLATE "C") AS value, count(*) AS count
		FROM watches AS w WHERE w.firm_id = ? AND w.status = 'ACTIVE' AND w.assigned_fold <> ''
		GROUP BY w.assigned_fold ORDER BY 2 DESC, w.assigned_fold COLLATE "C" LIMIT ?`, firmID, limit).Scan(ctx, &facets.AssignedTo)
	if err != nil {
		return nil, err
	}
	err = s.db.bun.NewRaw(`
		SELECT mode() WITHIN GROUP (ORDER BY held.tag COLLATE "C") AS value, count(*) AS count
		FROM watches AS w CROSS JOIN unnest(w.tags, w.tag_folds) AS held (tag, fold)
		WHERE w.firm_id = ? AND w.status = 'ACTIVE'
		GROUP BY held.fold ORDER BY 2 DESC, held.fold COLLATE "C" LIMIT ?`, firmID, limit).Scan(ctx, &facets.Tags)
	if err != nil {
		return nil, err
	}
	return facets, nil
}
