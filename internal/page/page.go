// Package page has what all lists of the API share: requests for a page, cursors, and the connections that are returned.
package page

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"watchkeeper/internal/apperr"
)

// The contract's limits of first.
const (
	DefaultFirst = 50
	MaxFirst     = 100
)

// Request is a request for one page.
type Request struct {
	// First is the maximum number of items, 1 to 100.
	First int
	// After has the keys of the item after which the page begins; nil for the first page.
	After []string
}

// Info is the API's PageInfo.
type Info struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Scope identifies one list under one filter and order: a cursor is valid only in the scope that it came from.
type Scope string

// NewScope returns the scope of the list that the name and these values describe. The values must encode as JSON.
func NewScope(name string, describedBy ...any) (Scope, error) {
	text, err := json.Marshal(describedBy)
	if err != nil {
		return "", fmt.Errorf("describing the list %s: %w", name, err)
	}
	sum := sha256.Sum256(append([]byte(name), text...))
	return Scope(base64.RawURLEncoding.EncodeToString(sum[:9])), nil
}

type cursor struct {
	Scope Scope    `json:"s"`
	Keys  []string `json:"k"`
}

// Cursor returns the cursor of the item with these keys.
func (s Scope) Cursor(keys ...string) string {
	text, _ := json.Marshal(cursor{Scope: s, Keys: keys}) // texts always encode
	return base64.RawURLEncoding.EncodeToString(text)
}

// Request reads the contract's arguments first and after; a nil first means the default. BAD_USER_INPUT for a first out of range, and
// for an after that isn't a cursor of this list. keys is how many keys this list's cursors have.
func (s Scope) Request(first *int, after *string, keys int) (Request, error) {
	request := Request{First: DefaultFirst}
	if first != nil {
		request.First = *first
	}
	if request.First < 1 || request.First > MaxFirst {
		return Request{}, apperr.At(apperr.BadUserInput, "first must be between 1 and 100.", "first")
	}
	if after == nil {
		return request, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(*after)
	var found cursor
	if err != nil || json.Unmarshal(text, &found) != nil || strings.ContainsRune(strings.Join(found.Keys, ""), 0) {
		return Request{}, InvalidCursor()
	}
	if found.Scope != s || len(found.Keys) != keys {
		return Request{}, apperr.At(apperr.BadUserInput, "after is a cursor of another list, filter or order.", "after")
	}
	request.After = found.Keys
	return request, nil
}

// CheckNumber returns BAD_USER_INPUT when the cursor's only key isn't a number: it was forged.
func (r Request) CheckNumber() error {
	if r.After == nil {
		return nil
	}
	if _, err := strconv.ParseInt(r.After[0], 10, 64); err != nil {
		return InvalidCursor()
	}
	return nil
}

// InvalidCursor is the error of an after that is no cursor of the list: BAD_USER_INPUT.
func InvalidCursor() error {
	return apperr.At(apperr.BadUserInput, "after is not a cursor of this list.", "after")
}
