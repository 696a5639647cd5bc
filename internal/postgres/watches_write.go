package postgres

import (
	"context"
	"fmt"
	"maps"
	"reflect"

	"github.com/uptrace/bun"

	"watchkeeper/internal/watch"
)

// insertWatches inserts watches and their links: two statements at most, for any number of watches. A link and when it was checked are
// one.
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
	checks := checksOf(links)
	if _, err := tx.NewInsert().With("links", tx.NewInsert().Model(&links)).Model(&checks).Exec(ctx); err != nil {
		return fmt.Errorf("inserting links: %w", err)
	}
	return nil
}

// lockWatches locks the watches that exist, in the order of their ids, and then reads their links: two statements. Everybody who
// changes a link holds the lock of its watch. A join would read the links as they were before it waited for the lock.
func lockWatches(ctx context.Context, tx bun.Tx, firmID string, ids []string) (map[string]*watch.Watch, error) {
	watches, err := lockWatchRows(ctx, tx, firmID, ids)
	if err != nil {
		return nil, err
	}
	if err := readLinks(ctx, tx, firmID, watches); err != nil {
		return nil, err
	}
	return byID(watches), nil
}

// lockWatchRows locks the watches that exist, in the order of their ids, and doesn't read their links.
func lockWatchRows(ctx context.Context, tx bun.Tx, firmID string, ids []string) ([]*watch.Watch, error) {
	var watches []*watch.Watch
	err := tx.NewSelect().Model(&watches).Where("w.firm_id = ? AND w.id IN (?)", firmID, bun.List(ids)).
		OrderBy("w.id", bun.OrderAsc).For("UPDATE").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("locking watches: %w", err)
	}
	return watches, nil
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
	err := withChecks(db.NewSelect().Model(&links)).Where("l.firm_id = ? AND l.watch_id IN (?)", firmID, bun.List(ids)).Scan(ctx)
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

// copyOf returns a copy of the watch and its link. Maps and slices are shared, as rules replace and never change them.
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
	return !equal(&before, &after)
}

// linkChanged reports whether more of the link changed than what each check moves (checkMoves).
func (c change) linkChanged() bool {
	if c.before.ClioLink == nil || c.after.ClioLink == nil {
		return false
	}
	before, after := *c.before.ClioLink, *c.after.ClioLink
	before.LinkCheck, after.LinkCheck = watch.LinkCheck{}, watch.LinkCheck{}
	return !equal(&before, &after)
}

// equal is reflect.DeepEqual of two structs of which one is a copy of the other: most of what they point to they share, or is plain.
func equal[T any](before, after *T) bool {
	b, a := reflect.ValueOf(before).Elem(), reflect.ValueOf(after).Elem()
	for i := range b.NumField() {
		if !alike(b.Field(i), a.Field(i)) && !reflect.DeepEqual(b.Field(i).Interface(), a.Field(i).Interface()) {
			return false
		}
	}
	return true
}

// alike reports whether two values are found equal at first sight.
func alike(x, y reflect.Value) bool {
	switch x.Kind() {
	case reflect.Pointer:
		return x.UnsafePointer() == y.UnsafePointer() || !x.IsNil() && !y.IsNil() && alike(x.Elem(), y.Elem())
	case reflect.Map:
		if x.UnsafePointer() == y.UnsafePointer() {
			return true
		}
		values, ok := x.Interface().(watch.Values)
		return ok && maps.Equal(values, y.Interface().(watch.Values)) && x.IsNil() == y.IsNil()
	case reflect.Slice:
		return x.Len() == y.Len() && x.UnsafePointer() == y.UnsafePointer()
	default:
		return x.Comparable() && x.Equal(y)
	}
}

func (c change) linkEnded() bool {
	return c.before.ClioLink != nil && c.after.ClioLink == nil
}

// writeWatches is three statements at most: watchWrites, one by one.
func writeWatches(ctx context.Context, tx bun.Tx, changes []change) error {
	return execute(ctx, watchWrites(tx, changes))
}

// watchWrites update the watches and links that changed, and delete the links that ended: three at most, for any number of watches.
// Rows that didn't change get no new version.
func watchWrites(tx bun.Tx, changes []change) []write {
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
	var writes []write
	if len(watches) > 0 {
		writes = append(writes, write{"watches_changed", "updating watches", tx.NewUpdate().Model(&watches).Bulk()})
	}
	if len(links) > 0 {
		writes = append(writes, write{"links_changed", "updating links", tx.NewUpdate().Model(&links).Bulk()})
	}
	if len(ended) > 0 {
		ending := tx.NewDelete().Model((*watch.ClioLink)(nil)).Where("watch_id IN (?)", bun.List(ended))
		writes = append(writes, write{"links_ended", "deleting links", ending})
	}
	return writes
}
