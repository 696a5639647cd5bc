// Package page has what all lists of the API share: how a page is asked for, and where it stands in its list.
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

// Request asks for a page.
type Request struct {
	// First is how many items at most, 1 to 100.
	First int
	// After has the keys of the item after which to go on; nil at the list's beginning.
	After []string
}

// Info is the API's PageInfo.
type Info struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Scope stands for one list: a cursor is good for the list that it came from, under the same filter and order.
type Scope string

// NewScope is the scope of the list that these values describe; they must print as JSON.
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

// Cursor stands for the item with these keys.
func (s Scope) Cursor(keys ...string) string {
	text, _ := json.Marshal(cursor{Scope: s, Keys: keys}) // texts always print
	return base64.RawURLEncoding.EncodeToString(text)
}

// Request reads the contract's arguments first and after; null means the default. What is out of range, no cursor, or the
// cursor of another list is BAD_USER_INPUT. keys is how many keys this list's cursors have.
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
		return Request{}, apperr.At(apperr.BadUserInput, "after is not a cursor of this list.", "after")
	}
	if found.Scope != s || len(found.Keys) != keys {
		return Request{}, apperr.At(apperr.BadUserInput, "after is a cursor of another list, filter or order.", "after")
	}
	request.After = found.Keys
	return request, nil
}

// CheckNumber refuses a page after a forged cursor whose only key isn't a number: BAD_USER_INPUT.
func (r Request) CheckNumber() error {
	if r.After == nil {
		return nil
	}
	if _, err := strconv.ParseInt(r.After[0], 10, 64); err != nil {
		return apperr.At(apperr.BadUserInput, "after is not a cursor of this list.", "after")
	}
	return nil
}
