package watch

import (
	"errors"
	"reflect"
	"strings"

	"watchkeeper/internal/page"
)

// WatchFilter says which watches to list: the API's input of that name. All conditions given must hold.
type WatchFilter struct {
	Status         *WatchStatus
	ClioLinked     *bool
	LinkState      *ClioLinkState
	HasConflicts   *bool // open ones
	NeedsAttention *bool // a conflict is open, or the link isn't Linked
	Search         *string
	Tags           []string
	PriorityLevels []PriorityLevel
	CaseTypes      []CaseType
	AssignedTo     *string
}

// Empty reports whether nothing is asked for: all watches pass.
func (f *WatchFilter) Empty() bool {
	return reflect.ValueOf(*f).IsZero()
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
		page.CheckSearch(f.Search, "filter", "search"),
		page.CheckSearch(f.AssignedTo, "filter", "assignedTo"),
		page.CheckFilter(len(f.Tags), "filter", "tags"),
		page.CheckFilter(len(f.PriorityLevels), "filter", "priorityLevels"),
		page.CheckFilter(len(f.CaseTypes), "filter", "caseTypes"),
	)
}
