package watch

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"watchkeeper/internal/apperr"
)

// MaxFilter is the most values in a list of a filter, and MaxSearch the most characters in a text to search for. Both are checked
// before they are used.
const (
	MaxFilter = 50
	MaxSearch = 200
)

// WatchFilter says which watches to list: the API's input of that name. All conditions given must hold.
type WatchFilter struct {
	Status         *WatchStatus
	ClioLinked     *bool
	LinkState      *ClioLinkState
	HasConflicts   *bool // open ones
	Search         *string
	Tags           []string
	PriorityLevels []PriorityLevel
	CaseTypes      []CaseType
	AssignedTo     *string
}

// Words are the folded words to search for.
func (f *WatchFilter) Words() []string {
	if f.Search == nil {
		return nil
	}
	return strings.Fields(Fold(CleanText(*f.Search)))
}

// CaselessTags are the tags to search for; nil when the filter has none.
func (f *WatchFilter) CaselessTags() []string {
	if f.Tags == nil {
		return nil
	}
	caseless := make([]string, len(f.Tags))
	for i, tag := range f.Tags {
		caseless[i] = Caseless(CleanText(tag))
	}
	return caseless
}

// check refuses a filter that is too long: BAD_USER_INPUT.
func (f *WatchFilter) check() error {
	return errors.Join(
		CheckSearch(f.Search, "filter", "search"),
		CheckSearch(f.AssignedTo, "filter", "assignedTo"),
		CheckFilter(len(f.Tags), "filter", "tags"),
		CheckFilter(len(f.PriorityLevels), "filter", "priorityLevels"),
		CheckFilter(len(f.CaseTypes), "filter", "caseTypes"),
	)
}

// CheckSearch refuses a text to search for that is longer than MaxSearch: BAD_USER_INPUT at the path.
func CheckSearch(text *string, path ...string) error {
	if text != nil && utf8.RuneCountInString(*text) > MaxSearch {
		message := fmt.Sprintf("%s must be %d characters long at most.", path[len(path)-1], MaxSearch)
		return apperr.At(apperr.BadUserInput, message, path...)
	}
	return nil
}

// CheckFilter refuses a list of more than MaxFilter values: BAD_USER_INPUT at the path.
func CheckFilter(length int, path ...string) error {
	if length > MaxFilter {
		message := fmt.Sprintf("%s can have %d values at most.", path[len(path)-1], MaxFilter)
		return apperr.At(apperr.BadUserInput, message, path...)
	}
	return nil
}
