package main_test

import (
	"context"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// forward accepts TCP connections and leads them to the PostgreSQL of the tests, which listens on a Unix socket. It returns the
// database's address by TCP.
func forward(t *testing.T, database string) string {
	t.Helper()
	address, err := url.Parse(database)
	require.NoError(t, err)
	params := address.Query()
	socket := filepath.Join(params.Get("host"), ".s.PGSQL."+params.Get("port"))
	params.Del("host")
	params.Del("port")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address.Host, address.RawQuery = listener.Addr().String(), params.Encode()

	var group sync.WaitGroup
	ctx, stop := context.WithCancel(context.Background())
	group.Go(func() {
		for {
			from, err := listener.Accept()
			if err != nil {
				return
			}
			group.Go(func() { pipe(ctx, from, socket) })
		}
	})
	t.Cleanup(func() {
		stop()
		_ = listener.Close()
		group.Wait()
	})
	return address.String()
}

// pipe connects a connection with a socket until one of them, or the context, ends.
func pipe(ctx context.Context, from net.Conn, socket string) {
	defer func() { _ = from.Close() }()
	to, err := (&net.Dialer{}).DialContext(ctx, "unix", socket)
	if err != nil {
		return
	}
	ctx, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() { defer stop(); _, _ = io.Copy(to, from) })
	group.Go(func() { defer stop(); _, _ = io.Copy(from, to) })
	<-ctx.Done()
	_, _ = from.Close(), to.Close()
	group.Wait()
}
