package watch

import (
	"time"

	"github.com/uptrace/bun"
)

// Values holds, for each synced field, its text as the API prints it. A field that isn't there is empty.
type Values map[SyncedField]string

// ClioLink ties a watch to a matter in Clio and to the person who was its client: the row, and the API's ClioLink.
// It belongs to the region and the Clio account that it was imported from (docs/rules.md#accounts).
type ClioLink struct {
	bun.BaseModel `bun:"table:clio_links,alias:l"`

	WatchID   string `bun:",pk"`
	FirmID    string
	Region    string
	AccountID *int64 // nil if Clio didn't say

	MatterID      int64
	ContactID     *int64
	ClientName    *string
	NewContactID  *int64 // who replaced the linked client, also while the matter is Missing; see ReplacementID
	NewClientName *string
	NewIsCompany  bool
	MatterStatus  *MatterStatus
	State         ClioLinkState

	// Base is Clio's last usable, non-empty value of each field of this watch (docs/rules.md#merge).
	Base Values `bun:"type:jsonb"`
	// Settled are the values of Clio's that a person rejected (docs/rules.md#merge).
	Settled Values `bun:"type:jsonb"`
	LinkCheck
}

// LinkCheck is what moves with each check by a sync. It has a row of its own, which is read with the link's.
type LinkCheck struct {
	// AskedAt is when Clio was asked for the last answer that was written, a missing matter included: an answer asked
	// for earlier is never written over it (docs/rules.md#older-answers).
	AskedAt time.Time `bun:",scanonly"`
	// CheckedAt is when a sync last checked the watch, whatever its outcome: runs take the least
	// recently checked first (docs/rules.md#rounds).
	CheckedAt time.Time `bun:",scanonly"`
	// LastSyncedAt is when Clio was asked for the values last compared.
	LastSyncedAt *time.Time `bun:",scanonly"`
}

// ReplacementID is the id of the contact that the matter names in place of the linked client; nil unless the link is ClientChanged.
func (l *ClioLink) ReplacementID() *int64 {
	if l.State != ClientChanged {
		return nil
	}
	return l.NewContactID
}

// ReplacementName is that contact's name, as last seen; nil unless the link is ClientChanged, or if Clio never showed it.
func (l *ClioLink) ReplacementName() *string {
	if l.State != ClientChanged {
		return nil
	}
	return l.NewClientName
}
