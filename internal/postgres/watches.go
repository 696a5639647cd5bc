package postgres

import (
	"context"

	"github.com/uptrace/bun"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/audit"
	"watchkeeper/internal/merge"
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

func (s *Watches) Watch(ctx context.Context, firmID, id string) (*watch.Watch, error) {
	ctx = ForFirm(ctx, firmID)
	shown := newShownWatch(true)
	w, err := readOne(ctx, s.db, shown.from(firmID).Where("w.id = ?", id), shown.scan())
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

// ChangeWatch locks the watch. The open conflicts of a linked watch are read under that lock, which everybody holds who opens or
// closes one.
func (s *Watches) ChangeWatch(
	ctx context.Context, firmID, id string, origin watch.Origin, rule watch.ChangeRule,
) (*watch.Watch, error) {
	ctx = ForFirm(ctx, firmID)
	var changed *watch.Watch
	err := s.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		locked, err := lockWatches(ctx, tx, firmID, []string{id})
		if err != nil {
			return err
		}
		if changed = locked[id]; changed == nil {
			return apperr.At(apperr.NotFound, noWatch, "id")
		}
		var open []*watch.SyncConflict
		if changed.ClioLink != nil {
			if open, err = openConflicts(ctx, tx, firmID, []string{id}); err != nil {
				return err
			}
		}
		c := change{before: copyOf(changed), after: changed}
		if err := rule(changed, open); err != nil {
			return err
		}
		return writeChange(ctx, tx, c, open, origin)
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// writeChange writes a person's change of one watch, its history, and what is left of its open conflicts.
func writeChange(ctx context.Context, tx bun.Tx, c change, open []*watch.SyncConflict, origin watch.Origin) error {
	if err := writeWatches(ctx, tx, []change{c}); err != nil {
		return err
	}
	if err := insertHistory(ctx, tx, watch.Changes(c.before, c.after, origin)); err != nil {
		return err
	}
	if len(open) == 0 {
		return nil
	}
	settings, err := readSettings(ctx, tx, c.after.FirmID)
	if err != nil {
		return err
	}
	ask := settings.ConflictResolution == merge.Ask
	left, err := watch.ConflictsAfterEdit(c.before, c.after, open, ask, c.after.UpdatedAt)
	if err != nil {
		return err
	}
	return writeConflicts(ctx, tx, open, left)
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
