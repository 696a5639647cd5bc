package sandbox

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// row is a pointer to a record.
type row[T any] interface {
	*T
	head() *Head
}

// table holds a firm's records of one kind. The firm's mutex guards it, and its methods return copies unless they say otherwise.
type table[T any, P row[T]] struct {
	firm *Firm
	what string // "matter"
	rows map[int64]P
}

func newTable[T any, P row[T]](f *Firm, what string) *table[T, P] {
	return &table[T, P]{firm: f, what: what, rows: map[int64]P{}}
}

// NotFoundError means that a firm has no record of that kind with that id.
type NotFoundError struct {
	What string // "matter"
	ID   int64
}

// Error returns a message such as "matter 7 does not exist".
func (e *NotFoundError) Error() string {
	return fmt.Sprintf("%s %d does not exist", e.What, e.ID)
}

// sorted returns the rows themselves, ordered by id. The caller holds the firm's mutex.
func (t *table[T, P]) sorted() []P {
	rows := make([]P, 0, len(t.rows))
	for _, id := range slices.Sorted(maps.Keys(t.rows)) {
		rows = append(rows, t.rows[id])
	}
	return rows
}

// visible returns the row itself; nil when it doesn't exist or is hidden. The caller holds the firm's mutex.
func (t *table[T, P]) visible(id *int64) P {
	if id == nil {
		return nil
	}
	if found, ok := t.rows[*id]; ok && !found.head().Hidden {
		return found
	}
	return nil
}

func (t *table[T, P]) all() []T {
	t.firm.mu.Lock()
	defer t.firm.mu.Unlock()
	copies := make([]T, 0, len(t.rows))
	for _, found := range t.sorted() {
		copies = append(copies, deepCopy(*found))
	}
	return copies
}

func (t *table[T, P]) get(id int64) (T, error) {
	t.firm.mu.Lock()
	defer t.firm.mu.Unlock()
	found, ok := t.rows[id]
	if !ok {
		var none T
		return none, &NotFoundError{What: t.what, ID: id}
	}
	return deepCopy(*found), nil
}

// add stores a record, with the next free id if it has none. A record with the same id is replaced.
func (t *table[T, P]) add(record T) T {
	t.firm.mu.Lock()
	defer t.firm.mu.Unlock()
	next := P(new(deepCopy(record)))
	head, now := next.head(), t.firm.now()
	if head.ID == 0 {
		for id := range t.rows {
			head.ID = max(head.ID, id)
		}
		head.ID++
	}
	if head.CreatedAt.IsZero() {
		head.CreatedAt = now
	}
	if head.UpdatedAt.IsZero() {
		head.UpdatedAt = now
	}
	t.normalize(next)
	head.ETag = t.firm.nextETag()
	t.rows[head.ID] = next
	return deepCopy(*next)
}

// edit applies the change to a record. The etag and updated_at change only if the record differs afterwards. If the change fails,
// the record stays as it was.
func (t *table[T, P]) edit(id int64, change func(*T) error) (T, error) {
	t.firm.mu.Lock()
	defer t.firm.mu.Unlock()
	old, ok := t.rows[id]
	if !ok {
		var none T
		return none, &NotFoundError{What: t.what, ID: id}
	}
	next := P(new(deepCopy(*old)))
	if err := change(next); err != nil {
		return deepCopy(*old), err
	}
	*next.head() = *old.head()
	t.normalize(next)
	if !reflect.DeepEqual(*old, *next) {
		next.head().ETag = t.firm.nextETag()
		next.head().UpdatedAt = t.firm.now()
		t.rows[id] = next
	}
	return deepCopy(*next), nil
}

func (t *table[T, P]) normalize(next P) {
	if contact, ok := any(next).(*Contact); ok {
		contact.normalizeAddresses(t.firm.nextAddressID)
	}
}

// hide sets whether the record is hidden. The etag and updated_at don't change.
func (t *table[T, P]) hide(id int64, hidden bool) error {
	t.firm.mu.Lock()
	defer t.firm.mu.Unlock()
	found, ok := t.rows[id]
	if !ok {
		return &NotFoundError{What: t.what, ID: id}
	}
	found.head().Hidden = hidden
	return nil
}

func (t *table[T, P]) remove(id int64) error {
	t.firm.mu.Lock()
	defer t.firm.mu.Unlock()
	if _, ok := t.rows[id]; !ok {
		return &NotFoundError{What: t.what, ID: id}
	}
	delete(t.rows, id)
	return nil
}
