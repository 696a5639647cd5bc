// Package watch has the watch, its rules, its filters and its edits.
//
// A watch is kept on a person whose death matters to a case. Some of its fields may be refreshed from Clio (SyncedField);
// the others belong to the firm alone.
package watch

import (
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/civil"
)

// Watch is a firm's watch on one person: the row, and the API's Watch.
type Watch struct {
	bun.BaseModel `bun:"table:watches,alias:w"`

	ID     string `bun:",pk"`
	FirmID string

	FirstName      string
	LastName       string
	DateOfBirth    *civil.Date `bun:"type:date"`
	City           *string
	State          *string
	CaseNumber     *string
	AssignedTo     *string
	CaseType       *CaseType
	DateOfInterest *civil.Date `bun:"type:date"`

	MiddleName    *string
	InternalNotes *string
	Tags          []string `bun:",array,type:text[]"`
	PriorityLevel PriorityLevel
	Status        WatchStatus

	// EditedAt says when a person last set or cleared each synced field: an answer that Clio was asked for
	// earlier doesn't overwrite it (docs/rules.md#merge).
	EditedAt map[SyncedField]time.Time `bun:"type:jsonb"`
	// Revision counts the changes by which version and updatedAt move.
	Revision int64
	// UnlinkedLastSyncedAt keeps lastSyncedAt when the link has ended.
	UnlinkedLastSyncedAt *time.Time
	CreatedAt            time.Time
	UpdatedAt            time.Time

	Folded

	ClioLink *ClioLink `bun:"rel:has-one,join:id=watch_id"`
	// OpenConflicts are in the order of SyncedField; nil where they weren't read (Shown).
	OpenConflicts []*SyncConflict `bun:"-"`
}

// Version is what ifVersion is compared with: it moves when a field or the link's ids or state change.
func (w *Watch) Version() string {
	return strconv.FormatInt(w.Revision, 10)
}

// LastSyncedAt is when Clio was asked for the values last compared or imported; nil when it never was.
func (w *Watch) LastSyncedAt() *time.Time {
	if w.ClioLink != nil {
		return w.ClioLink.LastSyncedAt
	}
	return w.UnlinkedLastSyncedAt
}

// Touch records a change by which version and updatedAt move.
func (w *Watch) Touch(now time.Time) {
	w.Revision++
	w.UpdatedAt = now
}
