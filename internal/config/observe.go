package config

import (
	"net/url"
	"strings"
)

// tracesPath is where a receiver of OTLP over HTTP takes traces, below its base address (OpenTelemetry's specification of exporters).
const tracesPath = "/v1/traces"

// tracesURL returns the address that traces are sent to, below the base address; empty if there is none. The problem doesn't quote it.
func (r *reader) tracesURL(text string) string {
	if text == "" {
		return ""
	}
	address, err := url.Parse(text)
	if err != nil || address.Hostname() == "" || address.Scheme != "http" && address.Scheme != "https" ||
		address.User != nil || address.RawQuery != "" || address.Fragment != "" {
		r.addProblem("OTEL_EXPORTER_OTLP_ENDPOINT", "must be http:// or https:// followed by a host, an optional port and an optional path. "+
			"Credentials belong into OTEL_EXPORTER_OTLP_HEADERS")
		return ""
	}
	return strings.TrimRight(address.String(), "/") + tracesPath
}

// metricsAddr returns the default, and that it is, if nothing is set; a blank one is empty.
func (r *reader) metricsAddr(set *string) (address string, isDefault bool) {
	if set == nil {
		return defaultMetricsAddr, true
	}
	if address = strings.TrimSpace(*set); address == "" {
		return "", false
	}
	return r.address("METRICS_ADDR", address), false
}
