package watch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/watch"
)

var moment = time.Date(2026, time.November, 24, 9, 0, 0, 0, time.UTC)

func ptr[T any](value T) *T { return &value }

// entry is the part of a change that people read.
type entry struct {
	field         watch.WatchField
	before, after string
}

func entriesOf(changes []*watch.FieldChange) []entry {
	text := func(value *string) string {
		if value == nil {
			return "nothing"
		}
		return *value
	}
	var entries []entry
	for _, c := range changes {
		entries = append(entries, entry{c.Field, text(c.Before), text(c.After)})
	}
	return entries
}

func ana() *watch.Watch {
	w := watch.New("firm", moment)
	w.FirstName, w.LastName, w.City = "Ana", "Rivera", ptr("Miami")
	w.DateOfBirth, w.Tags = &civil.Date{Year: 1950, Month: time.May, Day: 1}, []string{"vip", "late"}
	return w
}

func TestAHistoryBeginsWithEveryFieldThatIsNotEmpty(t *testing.T) {
	require.Equal(t, []entry{
		{"FIRST_NAME", "nothing", "Ana"}, {"LAST_NAME", "nothing", "Rivera"}, {"DATE_OF_BIRTH", "nothing", "1950-05-01"},
		{"CITY", "nothing", "Miami"}, {watch.TagsField, "nothing", "vip, late"},
		{watch.PriorityLevelField, "nothing", "NORMAL"}, {watch.StatusField, "nothing", "ACTIVE"},
	}, entriesOf(watch.Changes(nil, ana(), watch.Origin{Cause: watch.CauseCreate})))
}

func TestChangesAreTheFieldsThatDiffer(t *testing.T) {
	before, after := ana(), ana()
	after.FirstName, after.City, after.State = "Anna", nil, ptr("FL")
	after.MiddleName, after.InternalNotes = ptr("M."), ptr("two\nlines")
	after.CaseType, after.Tags, after.Status = ptr(watch.Probate), []string{}, watch.StatusArchived
	after.DateOfBirth, after.EditedAt = &civil.Date{Year: 1950, Month: time.May, Day: 1}, nil
	require.Equal(t, []entry{
		{"FIRST_NAME", "Ana", "Anna"}, {"CITY", "Miami", "nothing"}, {"STATE", "nothing", "FL"}, {"CASE_TYPE", "nothing", "PROBATE"},
		{watch.MiddleNameField, "nothing", "M."}, {watch.InternalNotesField, "nothing", "two\nlines"},
		{watch.TagsField, "vip, late", "nothing"}, {watch.StatusField, "ACTIVE", "ARCHIVED"},
	}, entriesOf(watch.Changes(before, after, watch.Origin{})))
	require.Empty(t, watch.Changes(before, ana(), watch.Origin{}))
}

func TestChangesRecordTheirOrigin(t *testing.T) {
	before, after := ana(), ana()
	after.City = nil
	after.Touch(moment.Add(time.Minute))
	origin := watch.Origin{Cause: watch.CauseUndo, ByID: ptr("user"), RunID: ptr("run"), At: moment.Add(time.Hour)}
	change := watch.Changes(before, after, origin)[0]
	require.True(t, ident.Is(ident.FieldChange, change.ID))
	require.Equal(t, &watch.FieldChange{
		ID: change.ID, FirmID: "firm", WatchID: after.ID, Field: "CITY", Before: ptr("Miami"), At: moment.Add(time.Hour),
		Cause: watch.CauseUndo, ByID: ptr("user"), RunID: ptr("run"),
	}, change)

	origin.At = time.Time{}
	require.Equal(t, after.UpdatedAt, watch.Changes(before, after, origin)[0].At, "when the watch was touched")
}
