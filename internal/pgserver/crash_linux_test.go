package pgserver_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
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
	require.Equal(t, 1, query[int](t, server.URL(), "SELECT 1"))
}

// The children of a postmaster notice its death, but not at once. One that is held here keeps the shared memory until it is
// let go.
func TestAStartWaitsForTheChildrenOfAPostmasterThatWasKilled(t *testing.T) {
	dir := folder(t)
	killed, err := pgserver.Start(t.Context(), config(dir))
	require.NoError(t, err)
	execute(t, killed.URL(), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)", "CHECKPOINT")
	pid := postmaster(t, dir)
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	require.NoError(t, err)
	child, err := strconv.Atoi(strings.Fields(string(children))[0])
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(child, syscall.SIGSTOP))
	letGo := sync.OnceValue(func() error { return syscall.Kill(child, syscall.SIGCONT) })
	t.Cleanup(func() { _ = letGo() })
	require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
	<-killed.Done()
	require.NoError(t, killed.Stop(t.Context()))

	type result struct {
		server *pgserver.Server
		err    error
	}
	started := make(chan result, 1)
	go func() {
		server, err := pgserver.Start(t.Context(), config(dir))
		started <- result{server, err}
	}()
	refused := func() bool {
		log, err := os.ReadFile(filepath.Join(dir, "postgres.log"))
		return err == nil && strings.Count(string(log), "pre-existing shared memory block") >= 2
	}
	require.Eventually(t, refused, deadline, tick)
	require.Empty(t, started)
	require.NoError(t, letGo())
	again := <-started
	require.NoError(t, again.err)
	t.Cleanup(func() { require.NoError(t, again.server.Stop(context.Background())) })
	require.Equal(t, 7, query[int](t, again.server.URL(), "SELECT n FROM kept"))
}
