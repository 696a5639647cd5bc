package tracing_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"watchkeeper/internal/tracing"
	"watchkeeper/internal/tracing/tracetest"
)

func TestWithoutAnAddressNothingIsMade(t *testing.T) {
	traces, err := tracing.Start(t.Context(), "", nil)
	require.NoError(t, err)
	require.Nil(t, traces)
	require.Nil(t, traces.QueryHook())
	require.Same(t, http.DefaultTransport, traces.Transport(http.DefaultTransport))
	_, span := traces.Tracer().Start(t.Context(), "nothing")
	require.False(t, span.IsRecording())
	traces.Stop()
}

func TestSpansAreSentWhenTheServerStops(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) }) // once the receiver has ended, and with it the connection to it
	receiver := tracetest.New(t)
	traces, err := tracing.Start(t.Context(), receiver.Address, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	ctx, outer := traces.Tracer().Start(t.Context(), "outer")
	_, inner := traces.Tracer().Start(ctx, "inner")
	inner.End()
	outer.End()
	traces.Stop()

	spans := receiver.Spans()
	require.Len(t, spans, 2)
	require.Equal(t, []string{"inner", "outer"}, []string{spans[0].Name, spans[1].Name})
	require.Equal(t, spans[1].ID, spans[0].Parent)
	require.Equal(t, "watchkeeper", spans[0].Resource["service.name"])
}

func TestTheEnvironmentNamesTheService(t *testing.T) {
	t.Setenv("OTEL_SERVICE_NAME", "watchkeeper-eu")
	receiver := tracetest.New(t)
	traces, err := tracing.Start(t.Context(), receiver.Address, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	_, span := traces.Tracer().Start(t.Context(), "any")
	span.End()
	traces.Stop()
	require.Equal(t, "watchkeeper-eu", receiver.Spans()[0].Resource["service.name"])
}

// A receiver that is down or hangs costs its traces, and a stop is late by two seconds at most.
func TestAReceiverThatFailsHoldsNobodyUp(t *testing.T) {
	hanging := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // else the end of the request goes unnoticed
		<-r.Context().Done()
	}))
	defer hanging.Close()
	for name, address := range map[string]string{"down": "http://127.0.0.1:1", "hangs": hanging.URL} {
		t.Run(name, func(t *testing.T) {
			var log strings.Builder
			traces, err := tracing.Start(t.Context(), address+"/a-secret-key/v1/traces", slog.New(slog.NewTextHandler(&log, nil)))
			require.NoError(t, err)
			_, span := traces.Tracer().Start(t.Context(), "lost")
			span.End()
			began := time.Now()
			traces.Stop()
			require.Less(t, time.Since(began), 10*time.Second)
			require.Contains(t, log.String(), "traces were not sent")
			require.NotContains(t, log.String(), "a-secret-key")
		})
	}
}

func TestRequestsToClioAreTracedWithoutTheirValues(t *testing.T) {
	var headers http.Header
	clio := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers = r.Header
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	receiver := tracetest.New(t)
	traces, err := tracing.Start(t.Context(), receiver.Address, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	client := http.Client{Transport: traces.Transport(http.DefaultTransport)}
	ctx, outer := traces.Tracer().Start(t.Context(), "outer")
	ask := func(ctx context.Context) error {
		address := strings.Replace(clio.URL, "http://", "http://user:hunter2@", 1)
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/api/v4/matters.json?query=Quill&ids[]=4711004711", nil)
		require.NoError(t, err)
		request.Header.Set("Authorization", "Bearer hunter2")
		response, err := client.Do(request)
		if err == nil {
			require.NoError(t, response.Body.Close())
		}
		return err
	}
	require.NoError(t, ask(ctx))
	clio.Close()
	require.Error(t, ask(ctx))
	outer.End()
	traces.Stop()

	spans := receiver.Spans()
	require.Len(t, spans, 3)
	require.Equal(t, "GET /api/v4/matters.json", spans[0].Name)
	require.Equal(t, clio.URL+"/api/v4/matters.json?ids[]&query", spans[0].Attributes["url.full"])
	require.Equal(t, "429", spans[0].Attributes["http.response.status_code"])
	require.Equal(t, spans[2].ID, spans[0].Parent)
	require.True(t, spans[0].Failed)
	require.Equal(t, "no response", spans[1].Message)
	require.NotContains(t, receiver.Text(), "hunter2")
	require.NotContains(t, receiver.Text(), "Quill")
	require.NotContains(t, receiver.Text(), "4711004711")
	require.Empty(t, headers.Get("Traceparent"), "Clio isn't told")
}
