// Package tracing sends traces to a receiver of OpenTelemetry's protocol: what a request or a run did, and how long each step took. Spans
// have neither values nor texts of errors, which may contain data of people: statements without their values, addresses without the
// values of their queries, operations without documents and variables.
package tracing

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// stopTimeout is how long a server that stops waits for the last spans to be sent.
const stopTimeout = 2 * time.Second

// scope names the code that the spans come from.
const scope = "watchkeeper"

// Tracing makes spans and sends them in the background, in batches. Nil is without traces: nothing is made, wrapped or sent.
type Tracing struct {
	provider *sdktrace.TracerProvider
	exporter sdktrace.SpanExporter
	log      *slog.Logger
}

// Start begins to send traces to the address, or returns nil if it is empty. OpenTelemetry's environment variables say more, such as
// OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER and OTEL_SERVICE_NAME. It doesn't need the receiver to be there.
func Start(ctx context.Context, address string, log *slog.Logger) (*Tracing, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // nil is without traces
	}
	sent, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(address))
	if err != nil {
		return nil, fmt.Errorf("setting up the traces: %w", err)
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", scope)), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("reading what OTEL_RESOURCE_ATTRIBUTES says of the traces: %w", err)
	}
	return &Tracing{log: log, exporter: sent, provider: sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(loggedExporter{sent, log}), sdktrace.WithResource(about),
	)}, nil
}

// Tracer makes spans.
func (t *Tracing) Tracer() trace.Tracer {
	if t == nil {
		return noop.Tracer{}
	}
	return t.provider.Tracer(scope)
}

// Stop sends the last spans, and ends what Start began. A receiver that doesn't answer delays it by two seconds.
func (t *Tracing) Stop() {
	if t == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil {
		err = errors.Join(err, t.exporter.Shutdown(ctx)) // ends what is being sent
		t.log.WarnContext(ctx, "the last traces were not sent", "error", err)
	}
}

// loggedExporter logs what can't be sent: OpenTelemetry would hand it to a global handler.
type loggedExporter struct {
	sdktrace.SpanExporter
	log *slog.Logger
}

// ExportSpans sends spans. Those that can't be sent are lost.
func (e loggedExporter) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	if err := e.SpanExporter.ExportSpans(ctx, spans); err != nil {
		var request *url.Error
		if errors.As(err, &request) {
			err = request.Err // without the address: some receivers have a key in it
		}
		e.log.WarnContext(ctx, "traces were not sent", "spans", len(spans), "error", err)
	}
	return nil
}
