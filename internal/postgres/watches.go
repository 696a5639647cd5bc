package postgres

import (
	"context"
	"fmt"
	"reflect"

	"github.com/uptrace/bun"

	"watchkeeper/internal/apperr"
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
	w := new(watch.Watch)
	err := s.db.bun.NewSelect().Model(w).Relation("ClioLink").Where("w.firm_id = ? AND w.id = ?", firmID, id).Scan(ctx)
	if err != nil {
		return nil, orNotFound(err, noWatch, "reading a watch")
	}
	return w, nil
}

// CreateWatch writes a new watch, its link where it has one, and the beginning of its history.
func (s *Watches) CreateWatch(ctx context.Context, w *watch.Watch, origin watch.Origin) error {
	return s.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := insertWatches(ctx, tx, []*watch.Watch{w}); err != nil {
			return err
		}
		return insertHistory(ctx, tx, watch.Changes(nil, w, origin))
	})
}

// insertWatches writes new watches and their links: two statements, however many there are.
func insertWatches(ctx context.Context, tx bun.Tx, watches []*watch.Watch) error {
	if len(watches) == 0 {
		return nil
	}
	var links []*watch.ClioLink
	for _, w := range watches {
		w.Refold()
		if w.ClioLink != nil {
			links = append(links, w.ClioLink)
		}
	}
	if _, err := tx.NewInsert().Model(&watches).Exec(ctx); err != nil {
		return fmt.Errorf("inserting watches: %w", err)
	}
	if len(links) == 0 {
		return nil
	}
	if _, err := tx.NewInsert().Model(&links).Exec(ctx); err != nil {
		return fmt.Errorf("inserting links: %w", err)
	}
	return nil
}

// ChangeWatch lets the rule change a locked watch and its link. The conflicts of a linked watch are read under its lock, which
// whoever opens or closes one holds.
func (s *Watches) ChangeWatch(
	ctx context.Context, firmID, id string, origin watch.Origin, rule watch.ChangeRule,
) (*watch.Watch, error) {
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

// writeChange writes what a person changed of one watch, its history, and what that leaves of its open conflicts.
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

// DeleteWatch deletes a watch; its link, history and conflicts go with it.
func (s *Watches) DeleteWatch(ctx context.Context, firmID, id string) error {
	result, err := s.db.bun.NewDelete().Model((*watch.Watch)(nil)).Where("firm_id = ? AND id = ?", firmID, id).Exec(ctx)
	if err != nil {
		return fmt.Errorf("deleting a watch: %w", err)
	}
	if deleted, err := result.RowsAffected(); err != nil || deleted > 0 {
		return err
	}
	return apperr.At(apperr.NotFound, noWatch, "id")
}

// lockWatches locks those of the watches that there are, and then reads their links: whoever changes a link holds the lock
// of its watch. A join wouldn't do, as it would see the links from before it waited for the lock.
func lockWatches(ctx context.Context, tx bun.Tx, firmID string, ids []string) (map[string]*watch.Watch, error) {
	var watches []*watch.Watch
	err := tx.NewSelect().Model(&watches).Where("w.firm_id = ? AND w.id IN (?)", firmID, bun.List(ids)).
		OrderBy("w.id", bun.OrderAsc).For("UPDATE").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("locking watches: %w", err)
	}
	if err := readLinks(ctx, tx, firmID, watches); err != nil {
		return nil, err
	}
	return byID(watches), nil
}

func readLinks(ctx context.Context, db bun.IDB, firmID string, watches []*watch.Watch) error {
	if len(watches) == 0 {
		return nil
	}
	found := byID(watches)
	ids := make([]string, 0, len(found))
	for id := range found {
		ids = append(ids, id)
	}
	var links []*watch.ClioLink
	err := db.NewSelect().Model(&links).Where("l.firm_id = ? AND l.watch_id IN (?)", firmID, bun.List(ids)).Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading links: %w", err)
	}
	for _, link := range links {
		found[link.WatchID].ClioLink = link
	}
	return nil
}

func byID(watches []*watch.Watch) map[string]*watch.Watch {
	found := make(map[string]*watch.Watch, len(watches))
	for _, w := range watches {
		found[w.ID] = w
	}
	return found
}

// copyOf is a watch with its link as they are now. Their maps and slices are shared, as rules replace and never change them.
func copyOf(w *watch.Watch) *watch.Watch {
	before := *w
	if w.ClioLink != nil {
		link := *w.ClioLink
		before.ClioLink = &link
	}
	return &before
}

// change is a watch before and after a rule.
type change struct {
	before, after *watch.Watch
}

func (c change) watchChanged() bool {
	before, after := *c.before, *c.after
	before.ClioLink, after.ClioLink = nil, nil
	return !reflect.DeepEqual(before, after)
}

func (c change) linkChanged() bool {
	return c.after.ClioLink != nil && !reflect.DeepEqual(c.before.ClioLink, c.after.ClioLink)
}

func (c change) linkEnded() bool {
	return c.before.ClioLink != nil && c.after.ClioLink == nil
}

// writeWatches writes what changed of watches and their links: at most three statements, however many there are. What didn't
// change gets no new row version.
func writeWatches(ctx context.Context, tx bun.Tx, changes []change) error {
	var watches []*watch.Watch
	var links []*watch.ClioLink
	var ended []string
	for _, c := range changes {
		if c.watchChanged() {
			c.after.Refold()
			watches = append(watches, c.after)
		}
		if c.linkChanged() {
			links = append(links, c.after.ClioLink)
		}
		if c.linkEnded() {
			ended = append(ended, c.after.ID)
		}
	}
	if len(watches) > 0 {
		if _, err := tx.NewUpdate().Model(&watches).Bulk().Exec(ctx); err != nil {
			return fmt.Errorf("updating watches: %w", err)
		}
	}
	if len(links) > 0 {
		if _, err := tx.NewUpdate().Model(&links).Bulk().Exec(ctx); err != nil {
			return fmt.Errorf("updating links: %w", err)
		}
	}
	if len(ended) > 0 {
		if _, err := tx.NewDelete().Model((*watch.ClioLink)(nil)).Where("watch_id IN (?)", bun.List(ended)).Exec(ctx); err != nil {
			return fmt.Errorf("deleting links: %w", err)
		}
	}
	return nil
}
