// Package ident makes and tells apart the ids by which everything is known: in the API, in the tables, in the logs.
//
// An id is the kind of thing, an underscore and 26 characters that sort by the time of their making
// (watch_01kas5…). What there is once a firm, or once for each number of Clio's, takes its id from the firm's.
package ident

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/oklog/ulid/v2"
)

// Kind says what an id stands for.
type Kind string

// The kinds of things that have ids.
const (
	Firm            Kind = "firm"
	User            Kind = "user"
	Viewer          Kind = "viewer" // once a user
	Session         Kind = "session"
	Watch           Kind = "watch"
	ClioIntegration Kind = "clio"         // once a firm
	SyncSettings    Kind = "settings"     // once a firm
	ClioMatter      Kind = "matter"       // once a firm and matter
	CaseTypeMapping Kind = "practicearea" // once a firm and practice area
	SyncRun         Kind = "run"
	SyncRound       Kind = "round"
	WatchSyncResult Kind = "result"
	FieldChange     Kind = "change"
	SyncConflict    Kind = "conflict"
	SyncStatus      Kind = "status" // once a firm
)

var pattern = regexp.MustCompile(`^([a-z]+)_([0-9a-hjkmnp-tv-z]{26})(?:_([1-9][0-9]{0,18}))?$`)

// New makes an id that nothing else has.
func New(kind Kind) string {
	return string(kind) + "_" + strings.ToLower(ulid.Make().String())
}

// OfFirm is the id of what a firm has once.
func OfFirm(kind Kind, firmID string) string {
	return string(kind) + strings.TrimPrefix(firmID, string(Firm))
}

// OfUser is the id of what a user has once.
func OfUser(kind Kind, userID string) string {
	return string(kind) + strings.TrimPrefix(userID, string(User))
}

// OfNumber is the id of what a firm has once for each number of Clio's.
func OfNumber(kind Kind, firmID string, number int64) string {
	return OfFirm(kind, firmID) + "_" + strconv.FormatInt(number, 10)
}

// KindOf tells what an id stands for; false when the text is no id at all.
func KindOf(id string) (Kind, bool) {
	parts := pattern.FindStringSubmatch(id)
	if parts == nil {
		return "", false
	}
	return Kind(parts[1]), true
}

// Is tells whether the text is an id of that kind. What isn't stands for nothing and needn't be looked for.
func Is(kind Kind, id string) bool {
	found, ok := KindOf(id)
	return ok && found == kind
}

// Number is the number of Clio's in an id made by OfNumber for that firm; false when it isn't one.
func Number(kind Kind, firmID, id string) (int64, bool) {
	digits, ok := strings.CutPrefix(id, OfFirm(kind, firmID)+"_")
	if !ok {
		return 0, false
	}
	return ClioNumber(digits)
}

// ClioNumber reads an id of Clio's own: a positive decimal number without a leading zero. False when it isn't one.
func ClioNumber(text string) (int64, bool) {
	number, err := strconv.ParseInt(text, 10, 64)
	return number, err == nil && number > 0 && strconv.FormatInt(number, 10) == text
}
