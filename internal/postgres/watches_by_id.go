package postgres

import (
	"context"

	"watchkeeper/internal/watch"
)

// WatchesByID is one statement.
func (s *Watches) WatchesByID(ctx context.Context, firmID string, ids []string, shown watch.Shown) (map[string]*watch.Watch, error) {
	ctx = ForFirm(ctx, firmID)
	return readByID(ctx, s.db, ids, selectShownFrom(each("watches", "id", "w"), shown, ids, firmID), scanShown(shown),
		func(w *watch.Watch) string { return w.ID })
}
