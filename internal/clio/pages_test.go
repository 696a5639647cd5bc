package clio_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/sandbox"
)

// The access token is never sent to another host, whatever the address of the next page is.
func TestPages_neverLeaveTheHost(t *testing.T) {
	h := connectedHarness(t)
	h.intercept(limitPageSize(h, 2))
	h.injectFaults(sandbox.Switch{Fault: sandbox.OffHostNext})
	snapshot, err := h.service.Read(t.Context(), h.user.FirmID, h.matterIDs()[:5])
	require.NoError(t, err, "a request was sent to another host")
	require.Len(t, snapshot.Matters, 5)

	for _, next := range []string{"https://evil.example/x", "https://evil.example/?token=1", "::", "http://[::1"} {
		body, err := json.Marshal(map[string]any{"data": []any{}, "meta": map[string]any{"paging": map[string]any{"next": next}}})
		require.NoError(t, err)
		h.respondWith("/api/v4/matters.json", http.StatusOK, string(body))
		require.True(t, apperr.Is(h.readMatter(), apperr.ClioUnavailable), next)
	}
}

func TestPages_detectLoops(t *testing.T) {
	h := connectedHarness(t)
	var pages atomic.Int32
	h.intercept(func(w http.ResponseWriter, _ *http.Request) bool {
		pages.Add(1)
		_, _ = fmt.Fprintf(w, `{"data":[{"id":1}],"meta":{"paging":{"next":"%s/x?page_token=a"}}}`, h.config.BaseURL)
		return true
	})
	_, err := h.service.PracticeAreas(t.Context(), h.user.FirmID)
	require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
	require.EqualValues(t, 2, pages.Load())
}

func TestRead_followsPages(t *testing.T) {
	h := connectedHarness(t)
	ids := h.matterIDs()[:5]
	h.intercept(limitPageSize(h, 2))
	snapshot, err := h.service.Read(t.Context(), h.user.FirmID, ids)
	require.NoError(t, err)
	require.Len(t, snapshot.Matters, 5)
	for _, request := range h.clio.Requests() {
		require.NotEmpty(t, request.Query["ids[]"], "a page without the ids")
		require.Equal(t, "id(asc)", request.Query.Get("order"))
	}
}

// limitPageSize makes Clio return fewer records on a page than requested.
func limitPageSize(h *harness, limit int) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		query := r.URL.Query()
		query.Set("limit", strconv.Itoa(limit))
		r.URL.RawQuery = query.Encode()
		h.clio.ServeHTTP(w, r)
		return true
	}
}
