package clio_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/sandbox/spectest"
)

// Every kind of request that is made to Clio's API, and every answer that is understood, is one of Clio's public document.
func TestRequests_areClios(t *testing.T) {
	o := newOffice(t)
	o.transport = spectest.Transport(t, o.transport)
	o.service = o.another(nil)
	matter := ofPerson(o)
	o.link(o.user.FirmID, matter.ID, *matter.ClientID, nil)
	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount), "who_am_i, and the sample of linked matters")

	_, err := o.service.Read(t.Context(), o.user.FirmID, o.matterIDs()[:100])
	require.NoError(t, err)
	area := o.clio.PracticeAreas()[0].ID
	query := record.MatterQuery{Limit: 2, Search: "a", Status: "OPEN"}
	page, err := o.service.Browse(t.Context(), o.user.FirmID, query)
	require.NoError(t, err)
	require.NotEmpty(t, page.NextPageToken)
	query.PageToken = page.NextPageToken
	_, err = o.service.Browse(t.Context(), o.user.FirmID, query)
	require.NoError(t, err)
	_, err = o.service.Browse(t.Context(), o.user.FirmID, record.MatterQuery{Limit: 2, PracticeAreaID: &area})
	require.NoError(t, err)
	_, err = o.service.PracticeAreas(t.Context(), o.user.FirmID)
	require.NoError(t, err)
	_, err = o.service.Disconnect(t.Context(), o.user.FirmID)
	require.NoError(t, err)
}
