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

// The contract's limits of first and last.
const (
	DefaultFirst = 50
	MaxFirst     = 100
)

// Args are the arguments of a list, as a client gave them; nil is absent.
type Args struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// Request is a request for one page.
type Request struct {
	// Size is the maximum number of items, 1 to 100.
	Size int
	// Backward asks for the last items instead of the first.
	Backward bool
	// Cursor has the keys of the item after which the page begins, or before which it ends if it is read backward; nil for the first
	// or last page.
	Cursor []string
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

// Request reads the arguments of a list; without first and last the size is the default. BAD_USER_INPUT for a first or last out of range,
// for arguments that can't be combined, and for a cursor that isn't one of this list. keys is how many keys this list's cursors have.
func (s Scope) Request(args Args, keys int) (Request, error) {
	if err := args.check(); err != nil {
		return Request{}, err
	}
	request := Request{Size: DefaultFirst, Backward: args.Last != nil}
	size, sizeName, text := args.First, "first", args.After
	if request.Backward {
		size, sizeName, text = args.Last, "last", args.Before
	}
	if size != nil {
		request.Size = *size
	}
	if request.Size < 1 || request.Size > MaxFirst {
		return Request{}, apperr.At(apperr.BadUserInput, sizeName+" must be between 1 and 100.", sizeName)
	}
	if text == nil {
		return request, nil
	}
	found, ok := decode(*text)
	if !ok {
		return Request{}, request.InvalidCursor()
	}
	if found.Scope != s || len(found.Keys) != keys {
		name := request.cursorName()
		return Request{}, apperr.At(apperr.BadUserInput, name+" is a cursor of another list, filter or order.", name)
	}
	request.Cursor = found.Keys
	return request, nil
}

// check refuses arguments that can't be combined: a page begins after a cursor or ends before one.
func (a Args) check() error {
	switch {
	case a.First != nil && a.Last != nil:
		return apperr.At(apperr.BadUserInput, "first and last can't be combined.", "last")
	case a.After != nil && a.Last != nil:
		return apperr.At(apperr.BadUserInput, "after and last can't be combined: last goes with before.", "after")
	case a.Before != nil && a.Last == nil:
		return apperr.At(apperr.BadUserInput, "before needs last.", "before")
	}
	return nil
}

func decode(text string) (found cursor, ok bool) {
	decoded, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(decoded, &found) != nil {
		return cursor{}, false
	}
	return found, !strings.ContainsRune(strings.Join(found.Keys, ""), 0)
}

// CheckNumber returns BAD_USER_INPUT when the cursor's only key isn't a number: it was forged.
func (r Request) CheckNumber() error {
	if r.Cursor == nil {
		return nil
	}
	if _, err := strconv.ParseInt(r.Cursor[0], 10, 64); err != nil {
		return r.InvalidCursor()
	}
	return nil
}

// InvalidCursor is the error of a cursor that is none of the list: BAD_USER_INPUT.
func (r Request) InvalidCursor() error {
	return apperr.At(apperr.BadUserInput, r.cursorName()+" is not a cursor of this list.", r.cursorName())
}

func (r Request) cursorName() string {
	if r.Backward {
		return "before"
	}
	return "after"
}
