package main_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// get reads an address.
func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer func() { require.NoError(t, response.Body.Close()) }()
	read, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, string(read)
}

func metricsWhereSaid(t *testing.T, program string) {
	address, metrics := freeAddress(t), freeAddress(t)
	p := start(t, program, []string{"DATA_DIR=" + dataFolder(t), "LISTEN_ADDR=" + address, "METRICS_ADDR=" + metrics})
	p.until("serving metrics")
	p.until("serving")
	require.Contains(t, post(t, address, `{ signUpAllowed }`), "true")
	status, body := get(t, "http://"+metrics+"/metrics")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, `watchkeeper_graphql_operations_total{kind="query"} 1`)
	require.Contains(t, body, `http_request_duration_seconds_count{code="200",route="POST /graphql"} 1`)
	status, _ = get(t, "http://"+metrics+"/graphql")
	require.Equal(t, http.StatusNotFound, status, "nothing else is there")
	status, _ = get(t, "http://"+address+"/metrics")
	require.Equal(t, http.StatusNotFound, status, "not where everybody reaches it")

	output, err := start(t, program, []string{"DATA_DIR=" + dataFolder(t), "LISTEN_ADDR=" + freeAddress(t), "METRICS_ADDR=" + metrics}).end()
	require.Error(t, err, "what was asked for and can't be is an error")
	require.Contains(t, output, "listening on METRICS_ADDR")
	require.NoError(t, p.Process.Signal(os.Interrupt))
	_, err = p.end()
	require.NoError(t, err)
}

// Nobody asked for the default: it stops neither the server nor the demo.
func metricsDefaultBusy(t *testing.T, program string) {
	if listener, err := net.Listen("tcp", "127.0.0.1:9090"); err == nil { // else it is busy already
		defer func() { require.NoError(t, listener.Close()) }()
	}
	address := freeAddress(t)
	p := startWith(t, program, []string{"DATA_DIR=" + dataFolder(t), "LISTEN_ADDR=" + address})
	p.until("metrics are not served")
	p.until("serving")
	require.Contains(t, post(t, address, `{ signUpAllowed }`), "true")
	output, err := startWith(t, program, nil, "demo", "--once", "--listen-addr", freeAddress(t)).end()
	require.NoError(t, err, output)
}
