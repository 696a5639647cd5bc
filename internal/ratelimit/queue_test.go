package ratelimit_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/ratelimit"
)

func TestAQueueIsFullAtOnce(t *testing.T) {
	queue := ratelimit.NewQueue(1)
	var leave []func()
	for range max(1, runtime.GOMAXPROCS(0)/2) {
		done, err := queue.Enter(t.Context())
		require.NoError(t, err)
		leave = append(leave, done)
	}
	ctx, cancel := context.WithCancel(t.Context())
	waited := make(chan error)
	go func() { _, err := queue.Enter(ctx); waited <- err }()
	require.Eventually(t, func() bool {
		tried, stop := context.WithCancel(t.Context())
		stop()
		_, err := queue.Enter(tried)
		return errors.Is(err, ratelimit.ErrFull)
	}, 20*time.Second, time.Millisecond, "one works, and one waits")
	cancel()
	require.ErrorIs(t, <-waited, context.Canceled)
	leave[0]()
	_, err := queue.Enter(t.Context())
	require.NoError(t, err)
}
