package tracing

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
)

// A statement's span, of a lookup and of the insert of a hundred results.
func BenchmarkStatement(b *testing.B) {
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	defer receiver.Close()
	traces, err := Start(b.Context(), receiver.URL, slog.New(slog.DiscardHandler))
	require.NoError(b, err)
	defer traces.Stop()
	hook := traces.QueryHook()
	traced, span := traces.Tracer().Start(b.Context(), "request")
	defer span.End()
	row := `('result_01m8gnh2vk33tmbejthdpwe3wh', 'firm_01m8gnh2vk33tmbejthdpwe3wh', '[{"field":"LAST_NAME","before":"O''Brien","clio":"O''Brien"}]'), `
	for _, statement := range []struct{ name, text string }{
		{"lookup", `SELECT "w"."id", "w"."last_name" FROM "watches" AS "w" WHERE (w.firm_id = 'firm_01m8gnh2vk33tmbejthdpwe3wh') LIMIT 20`},
		{"insert of 100", `INSERT INTO "field_changes" VALUES ` + strings.Repeat(row, 100)},
	} {
		for _, trace := range []struct {
			name string
			ctx  context.Context
		}{{"outside of a trace", b.Context()}, {"in a trace", traced}} {
			b.Run(statement.name+"/"+trace.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					event := &bun.QueryEvent{Query: statement.text}
					hook.AfterQuery(hook.BeforeQuery(trace.ctx, event), event)
				}
			})
		}
	}
}
