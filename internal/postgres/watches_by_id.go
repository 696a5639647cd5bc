package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/watch"
)

// WatchesByID is one statement.
func (s *Watches) WatchesByID(ctx context.Context, firmID string, ids []string, shown watch.Shown) (map[string]*watch.Watch, error) {
	ctx = ForFirm(ctx, firmID)
	return readByID(ctx, s.db, ids, selectShownFrom(each("watches", "id", "w"), shown, ids, firmID), scanShown(shown),
		func(w *watch.Watch) string { return w.ID })
}

// readWatches reads watches with everything that a sync looks at. It locks nothing.
func readWatches(ctx context.Context, db bun.IDB, firmID string, ids []string) (map[string]*watch.Watch, error) {
	if len(ids) == 0 {
		return map[string]*watch.Watch{}, nil
	}
	var watches []*watch.Watch
	err := withLinks(db.NewSelect().Model(&watches)).
		Where("w.firm_id = ? AND w.id IN (?)", firmID, bun.List(ids)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading watches: %w", err)
	}
	return byID(watches), nil
}
