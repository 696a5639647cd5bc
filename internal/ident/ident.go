// Package ident creates and parses the ids that are used in the API, in the database and in the log.
//
// An id is a kind, an underscore and a ULID in lower case, which sorts by creation time (watch_01kas5…). Things that exist once per
// firm, or once per firm and Clio id, have ids derived from the firm's, and parts of a run from the run's.
package ident

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/oklog/ulid/v2"
)

// Kind is the kind of thing that an id identifies.
type Kind string

// The kinds of ids.
const (
	Firm            Kind = "firm"
	User            Kind = "user"
	Viewer          Kind = "viewer" // one per user
	Session         Kind = "session"
	Invitation      Kind = "invitation"
	APIToken        Kind = "token"
	AuditEvent      Kind = "event"
	Watch           Kind = "watch"
	ClioIntegration Kind = "clio"         // one per firm
	SyncSettings    Kind = "settings"     // one per firm
	ClioMatter      Kind = "matter"       // one per firm and matter
	CaseTypeMapping Kind = "practicearea" // one per firm and practice area
	SyncRun         Kind = "run"
	SyncRound       Kind = "round"
	WatchSyncResult Kind = "result"
	FieldChange     Kind = "change"
	SyncConflict    Kind = "conflict"
	SyncStatus      Kind = "status" // one per firm
)

var pattern = regexp.MustCompile(`^([a-z]+)_([0-9a-hjkmnp-tv-z]{26})(?:_([1-9][0-9]{0,18}))?$`)

// New returns a new unique id.
func New(kind Kind) string {
	return string(kind) + "_" + strings.ToLower(ulid.Make().String())
}

// OfFirm returns the id of a thing that exists once per firm.
func OfFirm(kind Kind, firmID string) string {
	return string(kind) + strings.TrimPrefix(firmID, string(Firm))
}

// OfUser returns the id of a thing that exists once per user.
func OfUser(kind Kind, userID string) string {
	return string(kind) + strings.TrimPrefix(userID, string(User))
}

// OfNumber returns the id of a thing that exists once per firm and Clio id.
func OfNumber(kind Kind, firmID string, number int64) string {
	return OfFirm(kind, firmID) + "_" + strconv.FormatInt(number, 10)
}

// OfRun returns the id of a run's part: of the one at that position, from 0.
func OfRun(kind Kind, runID string, position int) string {
	return string(kind) + strings.TrimPrefix(runID, string(SyncRun)) + "_" + strconv.Itoa(position+1)
}

// RunOf returns the run's id and the position in an id made by OfRun; false if it isn't such an id.
func RunOf(kind Kind, id string) (runID string, position int, ok bool) {
	parts := pattern.FindStringSubmatch(id)
	if parts == nil || parts[1] != string(kind) || parts[3] == "" {
		return "", 0, false
	}
	number, err := strconv.Atoi(parts[3])
	return string(SyncRun) + "_" + parts[2], number - 1, err == nil
}

// KindOf returns the kind of an id; false if the text isn't an id.
func KindOf(id string) (Kind, bool) {
	parts := pattern.FindStringSubmatch(id)
	if parts == nil {
		return "", false
	}
	return Kind(parts[1]), true
}

// Is reports whether the text is an id of that kind. If it isn't, there is nothing to look up.
func Is(kind Kind, id string) bool {
	found, ok := KindOf(id)
	return ok && found == kind
}

// Number returns the Clio id in an id made by OfNumber for that firm; false if it isn't such an id.
func Number(kind Kind, firmID, id string) (int64, bool) {
	digits, ok := strings.CutPrefix(id, OfFirm(kind, firmID)+"_")
	if !ok {
		return 0, false
	}
	return ClioNumber(digits)
}

// ClioNumber parses an id of Clio's: a positive decimal number without leading zeros. It returns false if the text isn't one.
func ClioNumber(text string) (int64, bool) {
	number, err := strconv.ParseInt(text, 10, 64)
	return number, err == nil && number > 0 && strconv.FormatInt(number, 10) == text
}
