// Package tracetest receives traces as a collector does, for tests.
package tracetest

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	traces "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
)

// Receiver receives traces by OTLP over HTTP.
type Receiver struct {
	// URL is what OTEL_EXPORTER_OTLP_ENDPOINT is set to, and Address where traces are sent to.
	URL, Address string

	mutex  sync.Mutex
	spans  []Span
	text   strings.Builder
	failed string
}

// Span is a span that was received.
type Span struct {
	Name              string
	Trace, ID, Parent string
	Attributes        map[string]string
	Resource          map[string]string
	Failed            bool
	Message           string // of the status
}

// New starts a receiver, until the test ends.
func New(t testing.TB) *Receiver {
	t.Helper()
	r := &Receiver{}
	server := httptest.NewServer(r)
	t.Cleanup(func() {
		server.Close()
		require.Empty(t, r.failed)
	})
	r.URL, r.Address = server.URL, server.URL+"/v1/traces"
	return r
}

// ServeHTTP takes what an exporter sends.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	body, err := io.ReadAll(request.Body)
	sent := &collector.ExportTraceServiceRequest{}
	if err == nil {
		err = proto.Unmarshal(body, sent)
	}
	if err != nil || request.Method != http.MethodPost || request.URL.Path != "/v1/traces" {
		r.failed = "unexpected request: " + request.Method + " " + request.URL.String()
		http.Error(w, r.failed, http.StatusBadRequest)
		return
	}
	r.text.WriteString(prototext.Format(sent))
	for _, resource := range sent.GetResourceSpans() {
		for _, scope := range resource.GetScopeSpans() {
			for _, span := range scope.GetSpans() {
				r.spans = append(r.spans, read(span, values(resource.GetResource().GetAttributes())))
			}
		}
	}
	w.Header().Set("Content-Type", "application/x-protobuf") // an empty body is an empty response: all was taken
}

func read(span *traces.Span, resource map[string]string) Span {
	return Span{
		Name: span.GetName(), Attributes: values(span.GetAttributes()), Resource: resource,
		Trace: hex.EncodeToString(span.GetTraceId()), ID: hex.EncodeToString(span.GetSpanId()), Parent: hex.EncodeToString(span.GetParentSpanId()),
		Failed: span.GetStatus().GetCode() == traces.Status_STATUS_CODE_ERROR, Message: span.GetStatus().GetMessage(),
	}
}

func values(attributes []*common.KeyValue) map[string]string {
	found := map[string]string{}
	for _, one := range attributes {
		text := one.GetValue().GetStringValue()
		if _, isText := one.GetValue().GetValue().(*common.AnyValue_StringValue); !isText {
			_, text, _ = strings.Cut(one.GetValue().String(), ":")
		}
		found[one.GetKey()] = text
	}
	return found
}

// Spans are those that were received, in the order in which they ended.
func (r *Receiver) Spans() []Span {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return append([]Span(nil), r.spans...)
}

// Text is all that was received, as text.
func (r *Receiver) Text() string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.text.String()
}
