package tracing

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// Transport makes a span of every request to Clio. Clio isn't told of the trace. Without traces it is next.
func (t *Tracing) Transport(next http.RoundTripper) http.RoundTripper {
	if t == nil {
		return next
	}
	return tracedTransport{next: next, tracer: t.Tracer()}
}

type tracedTransport struct {
	next   http.RoundTripper
	tracer trace.Tracer
}

// RoundTrip sends the request. The span ends with the response's headers.
func (t tracedTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx, span := t.tracer.Start(request.Context(), request.Method+" "+request.URL.Path, trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(
			attribute.String("http.request.method", request.Method), attribute.String("url.full", addressWithoutValues(request.URL)),
		))
	defer span.End()
	response, err := t.next.RoundTrip(request.WithContext(ctx))
	if err != nil {
		span.SetStatus(codes.Error, "no response")
		return nil, err
	}
	span.SetAttributes(attribute.Int("http.response.status_code", response.StatusCode))
	if response.StatusCode >= http.StatusBadRequest {
		span.SetStatus(codes.Error, "")
	}
	return response, nil
}

// addressWithoutValues has the names of the query's parameters, in order, and none of their values, nor a password.
func addressWithoutValues(address *url.URL) string {
	shown := url.URL{Scheme: address.Scheme, Host: address.Host, Path: address.Path}
	shown.RawQuery = strings.Join(slices.Sorted(maps.Keys(address.Query())), "&")
	return shown.String()
}
