package syncer_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

var (
	asked = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	later = asked.Add(time.Second)
)

const (
	matterID  = int64(1001)
	contactID = int64(501)
)

// linked is a watch that agrees with Clio's answer by snapshot.
func linked() *watch.Watch {
	account, contact := int64(1), contactID
	w := watch.New("firm", asked.Add(-time.Hour))
	w.FirstName, w.LastName = "Ana", "Rivera"
	w.ClioLink = &watch.ClioLink{
		WatchID: w.ID, Region: "us", AccountID: &account, MatterID: matterID, ContactID: &contact, State: watch.Linked,
		Base: watch.Values{watch.FirstName: "Ana", watch.LastName: "Rivera"}, LinkCheck: watch.LinkCheck{AskedAt: asked.Add(-time.Hour)},
	}
	return w
}

func answer(change func(*record.Matter)) *record.Snapshot {
	account := int64(1)
	matter := &record.Matter{
		ID: matterID, Status: "Open",
		Client: &record.Client{ID: contactID, Type: "Person", Name: "Ana Rivera", FirstName: "Ana", LastName: "Rivera"},
	}
	if change != nil {
		change(matter)
	}
	return &record.Snapshot{
		Region: "us", AccountID: &account, AskedAt: asked, Matters: map[int64]*record.Matter{matterID: matter},
		Contacts: map[int64]*record.Contact{contactID: {ID: contactID}},
	}
}

func compare(t *testing.T, w *watch.Watch, snapshot *record.Snapshot) *syncer.WatchSyncResult {
	t.Helper()
	result, err := syncer.Compare(w, matterID, snapshot, merge.Rules{Policy: merge.KeepLocal}, later)
	require.NoError(t, err)
	return result
}

func TestCompareUnchangedOnlyRecordsTheCheck(t *testing.T) {
	w := linked()
	version := w.Version()
	result := compare(t, w, answer(nil))
	require.Equal(t, syncer.OutcomeUnchanged, result.Outcome)
	require.Len(t, result.Fields, len(watch.Fields))
	require.Nil(t, result.Message, "nothing is out of the ordinary")
	require.Equal(t, version, w.Version())
	require.Equal(t, asked, *w.LastSyncedAt())
}

func TestCompareUpdatedMovesTheVersion(t *testing.T) {
	w := linked()
	result := compare(t, w, answer(func(m *record.Matter) { m.Client.FirstName = "Anna" }))
	require.Equal(t, syncer.OutcomeUpdated, result.Outcome)
	require.True(t, result.IdentityChanged)
	require.Equal(t, "Anna", w.FirstName)
	require.Equal(t, "2", w.Version())
	require.Equal(t, later, w.UpdatedAt)
}

// A watch that could not be compared is never UNCHANGED, and keeps what it holds (docs/rules.md#outcomes).
func TestCompareSkipsOrFails(t *testing.T) {
	other := int64(2)
	cases := map[string]struct {
		prepare func(w *watch.Watch, s *record.Snapshot)
		outcome syncer.SyncOutcome
	}{
		"archived since":                      {func(w *watch.Watch, _ *record.Snapshot) { w.Status = watch.StatusArchived }, syncer.OutcomeSkipped},
		"unlinked since":                      {func(w *watch.Watch, _ *record.Snapshot) { w.ClioLink = nil }, syncer.OutcomeSkipped},
		"linked to another matter since":      {func(w *watch.Watch, _ *record.Snapshot) { w.ClioLink.MatterID = 7 }, syncer.OutcomeSkipped},
		"compared by a newer sync":            {func(w *watch.Watch, _ *record.Snapshot) { w.ClioLink.AskedAt = later }, syncer.OutcomeSkipped},
		"linked to another region's Clio":     {func(_ *watch.Watch, s *record.Snapshot) { s.Region = "eu" }, syncer.OutcomeFailed},
		"linked to another account's matters": {func(_ *watch.Watch, s *record.Snapshot) { s.AccountID = &other }, syncer.OutcomeFailed},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w, snapshot := linked(), answer(func(m *record.Matter) { m.Client.FirstName = "Anna" })
			c.prepare(w, snapshot)
			result := compare(t, w, snapshot)
			require.Equal(t, c.outcome, result.Outcome)
			require.Empty(t, result.Fields)
			require.NotNil(t, result.Message)
			require.Equal(t, "Ana", w.FirstName)
			require.Equal(t, "1", w.Version())
		})
	}
	t.Run("deleted since", func(t *testing.T) {
		result := compare(t, nil, answer(nil))
		require.Equal(t, syncer.OutcomeSkipped, result.Outcome)
		require.Nil(t, result.Watch)
	})
}

func TestCompareMissingKeepsTheWatchAndRecoversLater(t *testing.T) {
	w := linked()
	gone := answer(nil)
	gone.Matters = map[int64]*record.Matter{}
	result := compare(t, w, gone)
	require.Equal(t, syncer.OutcomeMissing, result.Outcome)
	require.Equal(t, watch.Missing, w.ClioLink.State)
	require.Equal(t, "Ana", w.FirstName)
	require.Equal(t, "2", w.Version(), "the link's state changed")
	require.Nil(t, w.LastSyncedAt(), "nothing was compared")

	compare(t, w, gone)
	require.Equal(t, "2", w.Version(), "and changed once")

	require.Equal(t, syncer.OutcomeUnchanged, compare(t, w, answer(nil)).Outcome)
	require.Equal(t, watch.Linked, w.ClioLink.State)
	require.Equal(t, "3", w.Version())
}

// A watch is about one person and never becomes another (docs/rules.md#one-person).
func TestCompareClientChangedHoldsThePersonAndWaits(t *testing.T) {
	w := linked()
	replaced := answer(func(m *record.Matter) {
		m.DisplayNumber = "00002"
		m.Client = &record.Client{ID: 777, Type: "Person", Name: "Bo Lee", FirstName: "Bo", LastName: "Lee"}
	})
	result := compare(t, w, replaced)
	require.Equal(t, syncer.OutcomeUpdated, result.Outcome, "the matter's own fields are still synced")
	require.Equal(t, "00002", *w.CaseNumber)
	require.Equal(t, "Ana", w.FirstName)
	require.Equal(t, watch.ClientChanged, w.ClioLink.State)
	require.EqualValues(t, 777, *w.ClioLink.NewContactID)
	require.Equal(t, "Bo Lee", *w.ClioLink.NewClientName)
	require.EqualValues(t, contactID, *w.ClioLink.ContactID)

	hidden := answer(func(m *record.Matter) { m.Client = nil })
	compare(t, w, hidden)
	require.Equal(t, watch.ClientChanged, w.ClioLink.State, "a client that isn't shown decides nothing")

	compare(t, w, answer(nil))
	require.Equal(t, watch.Linked, w.ClioLink.State, "the matter names the linked contact again")
	require.Nil(t, w.ClioLink.NewContactID)
}

func TestCompareClosedMatterOnlyChangesItsStatus(t *testing.T) {
	w := linked()
	result := compare(t, w, answer(func(m *record.Matter) { m.Status = "Closed" }))
	require.Equal(t, syncer.OutcomeUnchanged, result.Outcome)
	require.Equal(t, watch.MatterClosed, *w.ClioLink.MatterStatus)
	require.Equal(t, watch.Active, w.Status)
	require.Contains(t, *result.Message, "closed")
}

func TestCompareContactsRefusedSaysSo(t *testing.T) {
	w := linked()
	snapshot := answer(func(m *record.Matter) { m.DisplayNumber = "00002" })
	snapshot.Contacts, snapshot.ContactsRefused = nil, true
	result := compare(t, w, snapshot)
	require.Equal(t, syncer.OutcomeUpdated, result.Outcome, "the rest is applied")
	require.Contains(t, *result.Message, "refused")
}
