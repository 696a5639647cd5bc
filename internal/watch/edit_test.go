package watch

import (
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/civil"
)

var now = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

func typed(value string) graphql.Omittable[*string] {
	return graphql.OmittableOf(&value)
}

func robert() *Watch {
	w := New("firm", now.Add(-time.Hour))
	w.FirstName, w.LastName, w.City = "Robert", "Díaz", Optional("Miami")
	return w
}

// Every bad value is named, all at once, and by the field's own name.
func TestEditRefusesEverythingBadAtOnce(t *testing.T) {
	tomorrow := civil.Date{Year: 2026, Month: time.November, Day: 24}
	long := strings.Repeat("x", 201)
	err := robert().edit(UpdateWatchInput{
		FirstName:     typed("unknown"),
		MiddleName:    typed(long),
		LastName:      graphql.OmittableOf[*string](nil),
		DateOfBirth:   graphql.OmittableOf(&tomorrow),
		City:          typed(long),
		State:         typed(long),
		CaseNumber:    typed(long),
		AssignedTo:    typed("12345"),
		InternalNotes: typed(strings.Repeat("x", 20001)),
		Tags:          graphql.OmittableOf([]string{strings.Repeat("x", 101)}),
		PriorityLevel: graphql.OmittableOf[*PriorityLevel](nil),
	}, now)

	var fields []string
	for _, problem := range apperr.From(err) {
		require.Equal(t, apperr.Invalid, problem.Code)
		require.Equal(t, "input", problem.Path[0])
		fields = append(fields, problem.Path[1])
	}
	require.Equal(t, []string{
		"firstName", "middleName", "lastName", "dateOfBirth", "city", "state", "caseNumber", "assignedTo", "internalNotes", "tags",
		"priorityLevel",
	}, fields)
}

func TestEditCleansWhatPeopleType(t *testing.T) {
	w := robert()
	require.NoError(t, w.edit(UpdateWatchInput{
		FirstName:     typed("  Bob\u200b \t James "),
		MiddleName:    typed("   "),
		State:         typed("florida"),
		InternalNotes: typed("  one\r\n  two  "),
		Tags:          graphql.OmittableOf([]string{" VIP ", "vip", "", "é"}),
	}, now))
	require.Equal(t, "Bob James", w.FirstName)
	require.Nil(t, w.MiddleName)
	require.Equal(t, "FL", *w.State)
	require.Equal(t, "one\n  two", *w.InternalNotes)
	require.Equal(t, []string{"VIP", "é"}, w.Tags)
}

// An answer that Clio was asked for earlier must not overwrite an edit (docs/rules.md#merge), so edits are dated, one by one.
func TestEditDatesTheFieldsThatItChanged(t *testing.T) {
	w := robert()
	require.NoError(t, w.edit(UpdateWatchInput{FirstName: typed("Robert"), City: graphql.OmittableOf[*string](nil)}, now))
	require.Equal(t, map[SyncedField]time.Time{City: now}, w.EditedAt)
	require.Nil(t, w.City)
}

func TestEditMovesTheVersionWhenSomethingChanged(t *testing.T) {
	w := robert()
	before := w.Version()
	require.NoError(t, w.edit(UpdateWatchInput{FirstName: typed(" Robert "), Tags: graphql.OmittableOf([]string{})}, now))
	require.Equal(t, before, w.Version(), "nothing changed")
	require.NoError(t, w.edit(UpdateWatchInput{Tags: graphql.OmittableOf([]string{"a"})}, now))
	require.NotEqual(t, before, w.Version())
	require.Equal(t, now, w.UpdatedAt)
}

func TestEditForgetsWhatWasSettledOnceBothSidesAgree(t *testing.T) {
	w := robert()
	w.ClioLink = &ClioLink{Base: Values{City: "Tampa"}, Settled: Values{City: "Tampa", State: "GA"}}
	require.NoError(t, w.edit(UpdateWatchInput{City: typed("Orlando")}, now))
	require.Equal(t, Values{City: "Tampa", State: "GA"}, w.ClioLink.Settled)
	require.NoError(t, w.edit(UpdateWatchInput{City: typed("Tampa")}, now))
	require.Equal(t, Values{State: "GA"}, w.ClioLink.Settled)
}

func TestTakeClioValues(t *testing.T) {
	w := robert()
	w.ClioLink = &ClioLink{Base: Values{FirstName: "Roberto", City: "Miami"}}
	before := w.Version()
	require.NoError(t, w.takeClioValues([]SyncedField{City, State}, now))
	require.Equal(t, before, w.Version(), "there is no value of Clio's to use")
	require.NoError(t, w.takeClioValues([]SyncedField{FirstName, FirstName, State}, now))
	require.Equal(t, "Roberto", w.FirstName)
	require.Nil(t, w.State, "a field without a value of Clio's is left alone")
	require.Equal(t, map[SyncedField]time.Time{FirstName: now}, w.EditedAt)
}

func TestConfirmClient(t *testing.T) {
	old, replacement := int64(501), int64(777)
	name := "Roberto Díaz"
	waiting := ClioLink{State: ClientChanged, ContactID: &old, NewContactID: &replacement, NewClientName: &name}
	company, linked := waiting, waiting
	company.NewIsCompany = true
	linked.State = Linked

	cases := map[string]struct {
		link    ClioLink
		contact string
		refused bool
	}{
		"the one that waits": {waiting, "777", false},
		"another":            {waiting, "778", true},
		"no number":          {waiting, "0777", true},
		"a company":          {company, "777", true},
		"no client changed":  {linked, "777", true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := robert()
			w.ClioLink = &c.link
			err := w.confirmClient(c.contact, now)
			require.Equal(t, c.refused, apperr.Is(err, apperr.Conflict))
			if !c.refused {
				require.Equal(t, replacement, *w.ClioLink.ContactID)
				require.Equal(t, Linked, w.ClioLink.State)
				require.Nil(t, w.ClioLink.NewContactID)
			}
		})
	}
}

func TestNothingIsChangedOfAnArchivedWatchButItsStatus(t *testing.T) {
	w := robert()
	w.Status = StatusArchived
	require.True(t, apperr.Is(w.mustBeLinkedAndActive("id"), apperr.Archived), "archived comes before not linked")
}
