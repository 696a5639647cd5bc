package main_test

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

func healthIsChecked(t *testing.T, program string) {
	_, port, err := net.SplitHostPort(freeAddress(t))
	require.NoError(t, err)
	for _, address := range []string{"127.0.0.1:" + port, ":" + port, "0.0.0.0:" + port, "nonsense"} {
		output, err := start(t, program, []string{"LISTEN_ADDR=" + address}, "healthcheck").end()
		require.Error(t, err, output)
	}
	p := start(t, program, []string{"DATA_DIR=" + dataFolder(t), "LISTEN_ADDR=:" + port})
	p.until("serving")
	for _, address := range []string{"127.0.0.1:" + port, ":" + port, "0.0.0.0:" + port} {
		output, err := start(t, program, []string{"LISTEN_ADDR=" + address, "HTTP_PROXY=http://192.0.2.1:1"}, "healthcheck").end()
		require.NoError(t, err, output)
		require.Equal(t, "The server is ready.", output)
	}
}
