package pgserver_test

import (
	"context"
	"fmt"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
)

func TestPostgresEndsWithItsParent(t *testing.T) {
	dir := folder(t)
	killed := startHelper(t, self(t), dir, nil)
	killed.ready(t)
	pid := postmaster(t, dir)
	require.NoError(t, killed.cmd.Process.Kill())
	require.Error(t, killed.cmd.Wait())
	require.Eventually(t, func() bool { return gone(pid) }, deadline, tick)
}

// The kernel ends a child with the thread that started it, and Go ends the thread of a goroutine that ends locked to it.
func TestPostgresOutlivesTheThreadThatStartIsCalledOn(t *testing.T) {
	dir := folder(t)
	started := make(chan *pgserver.Server, 1)
	thread := make(chan int, 1)
	go func() {
		runtime.LockOSThread()
		thread <- syscall.Gettid()
		server, err := pgserver.Start(context.Background(), config(dir))
		if err != nil {
			t.Error(err)
		}
		started <- server
	}()
	server := <-started
	require.NotNil(t, server)
	t.Cleanup(func() { require.NoError(t, server.Stop(context.Background())) })

	task := fmt.Sprintf("/proc/self/task/%d", <-thread)
	require.Eventually(t, func() bool { return !exists(task) }, deadline, tick)
	require.Equal(t, 1, query[int](t, server.URL(), "select 1"))
}
