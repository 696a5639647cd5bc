package clio_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/sandbox"
)

func TestBrowse(t *testing.T) {
	h := connectedHarness(t)
	all := h.matterIDs()
	var seen []int64
	query := record.MatterQuery{Limit: 7}
	for {
		page, err := h.service.Browse(t.Context(), h.user.FirmID, query)
		require.NoError(t, err)
		for _, matter := range page.Matters {
			seen = append(seen, matter.ID)
		}
		if query.PageToken = page.NextPageToken; query.PageToken == "" {
			break
		}
		require.Len(t, page.Matters, 7)
	}
	require.Equal(t, all, seen, "every matter once, in the order of the ids")
	require.Len(t, h.paths(), (len(all)+6)/7, "one request per page")
}

func TestBrowse_filters(t *testing.T) {
	h := connectedHarness(t)
	area := h.clio.PracticeAreas()[0].ID
	client := h.clio.AddContact(sandbox.Contact{Type: "Person", FirstName: new("Zebedee"), LastName: new("Quux")})
	matter := h.clio.AddMatter(sandbox.Matter{Status: "Pending", ClientID: &client.ID, PracticeAreaID: &area})
	for _, query := range []record.MatterQuery{
		{Search: "zebedee"},
		{Search: "zebedee", Status: "PENDING", PracticeAreaID: &area, Limit: 1000},
	} {
		page, err := h.service.Browse(t.Context(), h.user.FirmID, query)
		require.NoError(t, err)
		require.Len(t, page.Matters, 1, "%+v", query)
		require.Equal(t, matter.ID, page.Matters[0].ID)
	}
	page, err := h.service.Browse(t.Context(), h.user.FirmID, record.MatterQuery{Search: "zebedee", Status: "OPEN", Limit: 50})
	require.NoError(t, err)
	require.Empty(t, page.Matters)

	limits := []string{}
	for _, request := range h.clio.Requests() {
		limits = append(limits, request.Query.Get("limit"))
	}
	require.Equal(t, []string{"1", "200", "50"}, limits)
	plain := h.clio.Requests()[0].Query
	require.False(t, plain.Has("status") || plain.Has("practice_area_id") || plain.Has("page_token"), "unused filters are not sent")
}

func TestPracticeAreas(t *testing.T) {
	h := connectedHarness(t)
	h.intercept(limitPageSize(h, 2))
	areas, err := h.service.PracticeAreas(t.Context(), h.user.FirmID)
	require.NoError(t, err)
	var want []record.PracticeArea
	for _, area := range h.clio.PracticeAreas() {
		one := record.PracticeArea{ID: area.ID, Name: area.Name}
		if area.Category != nil {
			one.Category = *area.Category
		}
		want = append(want, one)
	}
	slices.SortFunc(want, func(a, b record.PracticeArea) int { return int(a.ID - b.ID) })
	require.Equal(t, want, areas)
}
