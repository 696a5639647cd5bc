package syncer

import (
	"fmt"
	"strings"
	"time"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// SyncOutcome is the result of syncing one watch.
type SyncOutcome string

// The outcomes (docs/rules.md#outcomes).
const (
	OutcomeUpdated   SyncOutcome = "UPDATED"   // a synced field changed
	OutcomeUnchanged SyncOutcome = "UNCHANGED" // compared, and none changed
	OutcomeMissing   SyncOutcome = "MISSING"   // Clio did not return the matter
	OutcomeSkipped   SyncOutcome = "SKIPPED"   // archived, unlinked or deleted since, or compared by a newer sync
	OutcomeFailed    SyncOutcome = "FAILED"    // could not be compared
)

// Compare syncs one watch with Clio's answer about the matter that it was linked to when Clio was asked: it changes the
// watch and its link, and returns what it did. The caller throws the watch away if nothing may change. A nil watch is one
// deleted since. It is pure.
func Compare(w *watch.Watch, matterID int64, snapshot *record.Snapshot, rules merge.Rules, now time.Time) (*WatchSyncResult, error) {
	if reason := skipReason(w, matterID, snapshot); reason != "" {
		return resultWithoutComparison(w, OutcomeSkipped, reason), nil
	}
	w.ClioLink.CheckedAt = snapshot.AskedAt
	if reason := foreignReason(w.ClioLink, snapshot); reason != "" {
		return resultWithoutComparison(w, OutcomeFailed, reason), nil
	}
	matter := snapshot.Matters[matterID]
	if matter == nil {
		merge.MarkMissing(w, snapshot.AskedAt, now)
		return resultWithoutComparison(w, OutcomeMissing, "Clio did not return the matter: it was deleted there, or is hidden from the connected user."), nil
	}
	merged := merge.Merge(w, merge.Comparison{
		AskedAt:  snapshot.AskedAt,
		Policy:   rules.Policy,
		Incoming: merge.IncomingFor(w, matter, snapshot, rules.Mapping, civil.Of(now.UTC())),
	})
	if err := merged.Apply(w); err != nil {
		return nil, fmt.Errorf("merging watch %s: %w", w.ID, err)
	}
	moved := merge.UpdateLink(w.ClioLink, matter, snapshot.AskedAt)
	if moved || len(merged.Changed()) > 0 {
		w.Touch(now)
	}
	return resultOf(w, matter, merged, snapshot), nil
}

// skipReason says why a watch that was chosen is skipped; empty when it isn't.
func skipReason(w *watch.Watch, matterID int64, snapshot *record.Snapshot) string {
	reason := goneReason(w, matterID)
	if reason == "" && w.ClioLink.AskedAt.After(snapshot.AskedAt) {
		return "A newer sync has already checked the watch."
	}
	return reason
}

// goneReason says why a watch that was chosen is no longer one that a sync may check; empty when it is.
func goneReason(w *watch.Watch, matterID int64) string {
	switch {
	case w == nil:
		return "The watch was deleted meanwhile."
	case w.Status == watch.StatusArchived:
		return "The watch was archived meanwhile."
	case w.ClioLink == nil || w.ClioLink.MatterID != matterID:
		return "The watch was unlinked meanwhile."
	default:
		return ""
	}
}

// foreignReason says why Clio's answer says nothing about this link: links belong to one region and account (docs/rules.md#accounts).
func foreignReason(link *watch.ClioLink, snapshot *record.Snapshot) string {
	otherAccount := link.AccountID != nil && snapshot.AccountID != nil && *link.AccountID != *snapshot.AccountID
	if link.Region != snapshot.Region || otherAccount {
		return "The watch is linked to a matter of another Clio account than the connected one."
	}
	return ""
}

func resultWithoutComparison(w *watch.Watch, outcome SyncOutcome, message string) *WatchSyncResult {
	return &WatchSyncResult{Watch: w, Outcome: outcome, Fields: []merge.FieldResult{}, Decisions: []merge.FieldDecision{}, Message: &message}
}

func resultOf(w *watch.Watch, matter *record.Matter, merged merge.Result, snapshot *record.Snapshot) *WatchSyncResult {
	result := &WatchSyncResult{
		Watch: w, Outcome: OutcomeUnchanged, IdentityChanged: merged.IdentityChanged(), Fields: merged.Fields,
		Decisions: merge.Decisions(merged.Fields), Message: message(w, matter, merged, snapshot),
	}
	if len(merged.Changed()) > 0 {
		result.Outcome = OutcomeUpdated
	}
	return result
}

// message says in plain words what is unusual about a result; nil if nothing is.
func message(w *watch.Watch, matter *record.Matter, merged merge.Result, snapshot *record.Snapshot) *string {
	var sentences []string
	add := func(applies bool, sentence string) {
		if applies {
			sentences = append(sentences, sentence)
		}
	}
	add(w.ClioLink.State == watch.ClientChanged,
		"The matter has another client in Clio: the personal fields are held until the client is confirmed or the watch is unlinked.")
	add(w.ClioLink.State == watch.Linked && matter.Client != nil && matter.Client.IsCompany(),
		"The linked contact is a company in Clio now: its name and address are not used.")
	add(snapshot.ContactsRefused && merged.Decided(merge.FieldUnavailable),
		"Clio refused to show contacts to the connected user: city and state could not be compared.")
	add(!snapshot.ContactsRefused && merged.Decided(merge.FieldUnavailable), "Clio did not show everything to the connected user.")
	add(merged.Decided(merge.FieldUnusable), "Clio has an unusable value, which was ignored.")
	add(merged.Decided(merge.FieldConflict), "A local edit and Clio differ: somebody has to decide.")
	add(merged.IdentityChanged(), "Clio changed a name, birth date or state: check that this is still the right person.")
	closed := w.ClioLink.MatterStatus != nil && *w.ClioLink.MatterStatus == watch.MatterClosed
	add(closed, "The matter is closed in Clio; the watch stays active.")
	return watch.Optional(strings.Join(sentences, " "))
}
