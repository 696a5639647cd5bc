package postgres_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/trace"

	"watchkeeper/internal/logging"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/tracing"
	"watchkeeper/internal/tracing/tracetest"
)

func TestEachAttemptIsATraceOfItsOwn(t *testing.T) {
	receiver := tracetest.New(t)
	traces, err := tracing.Start(t.Context(), receiver.Address, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	db := pgtest.Open(t)
	var log strings.Builder
	logger := slog.New(logging.NewHandler(slog.NewTextHandler(&log, nil)))
	attempts := 0
	started := startJobs(t, db, postgres.JobsOptions{
		Logger: logger, Tracer: traces.Tracer(),
		Execute: func(ctx context.Context, _ string) (*time.Time, error) {
			require.True(t, trace.SpanContextFromContext(ctx).IsSampled(), "what an attempt does belongs to its trace")
			logger.InfoContext(ctx, "at work")
			switch attempts++; attempts {
			case 1:
				return new(time.Now()), nil
			case 2:
				return nil, errors.New("the password is hunter2")
			default:
				return nil, nil
			}
		},
	})
	enqueue(t, db, "run_1")
	becomes(t, db, rivertype.JobStateCompleted)
	require.NoError(t, started.Stop(t.Context()))
	traces.Stop()

	spans := receiver.Spans()
	require.Len(t, spans, 3)
	for _, span := range spans {
		require.Equal(t, "execute a run", span.Name)
		require.Equal(t, "run_1", span.Attributes["run.id"])
		require.Empty(t, span.Parent)
		require.Contains(t, log.String(), "run=run_1 attempt="+span.Attributes["run.attempt"]+" trace_id="+span.Trace)
	}
	require.Equal(t, "0s", spans[0].Attributes["run.waits"])
	require.False(t, spans[0].Failed, "to wait is no failure")
	require.True(t, spans[1].Failed)
	require.False(t, spans[2].Failed)
	require.NotContains(t, receiver.Text(), "hunter2")
}
