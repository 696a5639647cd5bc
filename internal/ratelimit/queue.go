package ratelimit

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sync/semaphore"
)

// ErrFull means that as many as may are waiting already.
var ErrFull = errors.New("too many are waiting")

// Queue lets few work at once, on half of the processors, which leaves the others to everything else. So many more wait for their turn.
type Queue struct {
	present *semaphore.Weighted // those at work and those waiting
	working *semaphore.Weighted
}

// NewQueue returns a queue in which so many may wait.
func NewQueue(waiting int) *Queue {
	atOnce := int64(max(1, runtime.GOMAXPROCS(0)/2))
	return &Queue{present: semaphore.NewWeighted(atOnce + int64(waiting)), working: semaphore.NewWeighted(atOnce)}
}

// Enter waits for a turn, which ends with leave. It is ErrFull at once, or an error when ctx ends before the turn comes.
func (q *Queue) Enter(ctx context.Context) (leave func(), err error) {
	if !q.present.TryAcquire(1) {
		return nil, ErrFull
	}
	if err := q.working.Acquire(ctx, 1); err != nil {
		q.present.Release(1)
		return nil, fmt.Errorf("waiting for a turn: %w", err)
	}
	return func() { q.working.Release(1); q.present.Release(1) }, nil
}
