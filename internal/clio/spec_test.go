package clio_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/sandbox/spectest"
)

// Every request to Clio's API, and every response that is understood, conforms to Clio's public specification.
func TestRequests_conformToTheSpecification(t *testing.T) {
	h := newHarness(t)
	h.transport = spectest.Transport(t, h.transport)
	h.service = h.newReplica(nil)
	matter := addPersonMatter(h)
	h.addLinkedWatch(h.user.FirmID, matter.ID, *matter.ClientID, nil)
	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount), "who_am_i, and the sample of linked matters")

	_, err := h.service.Read(t.Context(), h.user.FirmID, h.matterIDs()[:100])
	require.NoError(t, err)
	area := h.clio.PracticeAreas()[0].ID
	query := record.MatterQuery{Limit: 2, Search: "a", Status: "OPEN"}
	page, err := h.service.Browse(t.Context(), h.user.FirmID, query)
	require.NoError(t, err)
	require.NotEmpty(t, page.NextPageToken)
	query.PageToken = page.NextPageToken
	_, err = h.service.Browse(t.Context(), h.user.FirmID, query)
	require.NoError(t, err)
	_, err = h.service.Browse(t.Context(), h.user.FirmID, record.MatterQuery{Limit: 2, PracticeAreaID: &area})
	require.NoError(t, err)
	_, err = h.service.PracticeAreas(t.Context(), h.user.FirmID)
	require.NoError(t, err)
	_, err = h.service.Disconnect(t.Context(), h.user.FirmID)
	require.NoError(t, err)
}
