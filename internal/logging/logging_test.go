package logging_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/logging"
)

func TestEntriesHaveTheAttributesOfTheirContext(t *testing.T) {
	var output strings.Builder
	log := slog.New(logging.NewHandler(slog.NewTextHandler(&output, nil))).With("part", "clio")
	request := logging.With(t.Context(), slog.String("request_id", "R"))
	run := logging.With(request, slog.String("run", "run_1"))
	other := logging.With(request, slog.String("run", "run_2"))
	for _, ctx := range []context.Context{t.Context(), request, run, other} {
		log.InfoContext(ctx, "said", "n", 1)
	}
	lines := strings.Split(strings.TrimSpace(output.String()), "\n")
	require.Len(t, lines, 4)
	require.NotContains(t, lines[0], "request_id")
	require.True(t, strings.HasSuffix(lines[1], "part=clio n=1 request_id=R"), lines[1])
	require.True(t, strings.HasSuffix(lines[2], "n=1 request_id=R run=run_1"), lines[2])
	require.True(t, strings.HasSuffix(lines[3], "n=1 request_id=R run=run_2"), lines[3])
}
