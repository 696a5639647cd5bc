package postgres

import (
	"context"

	"github.com/uptrace/bun"

	"watchkeeper/internal/watch"
)

// WatchesByID finds those of the watches that there are, with their links: one statement.
func (s *Watches) WatchesByID(ctx context.Context, firmID string, ids []string) (map[string]*watch.Watch, error) {
	if len(ids) == 0 {
		return map[string]*watch.Watch{}, nil
	}
	var watches []*watch.Watch
	err := s.db.bun.NewSelect().Model(&watches).Relation("ClioLink").
		Where("w.firm_id = ? AND w.id IN (?)", firmID, bun.List(ids)).Scan(ctx)
	return byID(watches), err
}
