package postgres

import (
	"context"

	"github.com/uptrace/bun"

	"watchkeeper/internal/audit"
	"watchkeeper/internal/watch"
)

// noWatch is the message about a watch that the firm doesn't have.
const noWatch = "There is no such watch."

// Watches keeps watches, their links, histories and open conflicts.
type Watches struct {
	db *DB
}

var _ watch.Store = (*Watches)(nil)

// NewWatches returns the watches of the database.
func NewWatches(db *DB) *Watches {
	return &Watches{db: db}
}

func (s *Watches) Watch(ctx context.Context, firmID, id string, shown watch.Shown) (*watch.Watch, error) {
	ctx = ForFirm(ctx, firmID)
	w, err := readOne(ctx, s.db, selectShown(shown, firmID).Where("w.id = ?", id), scanShown(shown))
	if err != nil {
		return nil, orNotFound(err, noWatch, "reading a watch")
	}
	return w, nil
}

// CreateWatch inserts the watch, its link and its history: three statements at most.
func (s *Watches) CreateWatch(ctx context.Context, w *watch.Watch, origin watch.Origin) error {
	ctx = ForFirm(ctx, w.FirmID)
	return s.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := insertWatches(ctx, tx, []*watch.Watch{w}); err != nil {
			return err
		}
		return insertHistory(ctx, tx, watch.Changes(nil, w, origin))
	})
}

// DeleteWatch is two statements: foreign keys delete the link, the history and the conflicts.
func (s *Watches) DeleteWatch(ctx context.Context, firmID, id string) error {
	ctx = ForFirm(ctx, firmID)
	return s.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		deleted := &watch.Watch{ID: id}
		err := tx.NewDelete().Model(deleted).WherePK().Where("firm_id = ?", firmID).Returning("id, first_name, last_name").Scan(ctx)
		if err != nil {
			return orNotFound(err, noWatch, "deleting a watch")
		}
		return s.db.record(ctx, tx, firmID, audit.New(audit.WatchDeleted, id, "The watch on %s %s was deleted.", deleted.FirstName, deleted.LastName))
	})
}
