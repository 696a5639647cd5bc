// Package logging says in each log entry what it belongs to, such as a request or a run. The context carries it, so that the code which
// logs needn't know.
package logging

import (
	"context"
	"log/slog"
	"slices"
)

type attrsKey struct{}

// With returns a context whose log entries have these attributes, besides those that they have already.
func With(ctx context.Context, attrs ...slog.Attr) context.Context {
	return context.WithValue(ctx, attrsKey{}, slices.Concat(attrsOf(ctx), attrs))
}

func attrsOf(ctx context.Context) []slog.Attr {
	attrs, _ := ctx.Value(attrsKey{}).([]slog.Attr)
	return attrs
}

// NewHandler returns a log handler that adds the context's attributes to each entry.
func NewHandler(inner slog.Handler) slog.Handler {
	return handler{inner}
}

type handler struct{ slog.Handler }

var _ slog.Handler = handler{}

func (h handler) Handle(ctx context.Context, record slog.Record) error {
	record.AddAttrs(attrsOf(ctx)...)
	return h.Handler.Handle(ctx, record)
}

func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(attrs)}
}

func (h handler) WithGroup(name string) slog.Handler {
	return handler{h.Handler.WithGroup(name)}
}
