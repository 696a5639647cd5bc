package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// Syncs keeps what syncs need beside runs (Runs): imports, settings, and the mapping of case types.
type Syncs struct {
	db *DB
}

var _ syncer.Store = (*Syncs)(nil)

// NewSyncs returns the imports, settings and mappings of the database.
func NewSyncs(db *DB) *Syncs {
	return &Syncs{db: db}
}

// LinkedWatches is one statement.
func (s *Syncs) LinkedWatches(ctx context.Context, firmID string, matterIDs []int64) (map[int64]*watch.Watch, error) {
	ctx = ForFirm(ctx, firmID)
	return linkedWatches(ctx, s.db.bun, firmID, matterIDs)
}

func linkedWatches(ctx context.Context, db bun.IDB, firmID string, matterIDs []int64) (map[int64]*watch.Watch, error) {
	linked := make(map[int64]*watch.Watch, len(matterIDs))
	if len(matterIDs) == 0 {
		return linked, nil
	}
	var watches []*watch.Watch
	err := withLinks(db.NewSelect().Model(&watches)).
		Where("w.firm_id = ? AND clio_link.matter_id IN (?)", firmID, bun.List(matterIDs)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the watches of matters: %w", err)
	}
	for _, w := range watches {
		linked[w.ClioLink.MatterID] = w
	}
	return linked, nil
}
