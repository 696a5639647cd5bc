package tracing

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// QueryHook makes a span of every statement that belongs to a trace; nil without traces. What the server looks for again and again
// belongs to none.
func (t *Tracing) QueryHook() bun.QueryHook {
	if t == nil {
		return nil
	}
	return queryHook{t.Tracer()}
}

type queryHook struct{ tracer trace.Tracer }

// BeforeQuery begins a span.
func (h queryHook) BeforeQuery(ctx context.Context, event *bun.QueryEvent) context.Context {
	if !trace.SpanContextFromContext(ctx).IsSampled() {
		return ctx
	}
	ctx, _ = h.tracer.Start(ctx, event.Operation(), trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(
		attribute.String("db.system.name", "postgresql"), attribute.String("db.operation.name", event.Operation()),
	))
	return ctx
}

// AfterQuery ends the span, if one was begun.
func (h queryHook) AfterQuery(ctx context.Context, event *bun.QueryEvent) {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return
	}
	defer span.End()
	span.SetAttributes(attribute.String("db.query.text", withoutValues(event.Query)))
	if event.Err == nil || errors.Is(event.Err, sql.ErrNoRows) {
		return
	}
	span.SetStatus(codes.Error, "")
	var problem interface{ SQLState() string }
	if errors.As(event.Err, &problem) {
		span.SetAttributes(attribute.String("db.response.status_code", problem.SQLState()))
	}
}
