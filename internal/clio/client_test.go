package clio_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
)

func TestRequestTimeout(t *testing.T) {
	require.Equal(t, 10*time.Second, clio.RequestTimeout)
	require.Equal(t, 20*time.Second, clio.OperationTimeout)
	h := connectedHarness(t)
	transport := &timeoutTransport{}
	service := clio.NewService(h.config, h.store, h.keys, h.clock, h.logger(), transport)
	_, err := service.Read(t.Context(), h.user.FirmID, h.matterIDs()[:1])
	require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
	require.Contains(t, apperr.From(err)[0].Message, "in time")
	require.Equal(t, clio.Unreachable, h.integration().State)
	require.InDelta(t, 10, transport.timeout.Seconds(), 1)
}

// timeoutTransport fails every request with a timeout at once, and keeps the time limit of the last one.
type timeoutTransport struct{ timeout time.Duration }

func (i *timeoutTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	deadline, _ := r.Context().Deadline()
	i.timeout = time.Until(deadline)
	return nil, context.DeadlineExceeded
}
