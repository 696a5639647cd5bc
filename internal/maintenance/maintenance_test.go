package maintenance_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"watchkeeper/internal/maintenance"
)

const timeout = 20 * time.Second

// harness has one task. Each call announces its start, and runs until the test sends its result.
type harness struct {
	*testing.T
	clock     *clockwork.FakeClock
	scheduler *maintenance.Scheduler
	log       *safeBuffer
	started   chan context.Context
	results   chan error
}

// safeBuffer is a buffer that is safe for concurrent use.
type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *safeBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *safeBuffer) count(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Count(l.buf.Bytes(), []byte(text))
}

var errPanic = errors.New("panic, please")

func newHarness(t *testing.T) *harness {
	h := &harness{T: t, clock: clockwork.NewFakeClock(), log: &safeBuffer{}, started: make(chan context.Context), results: make(chan error)}
	var err error
	h.scheduler, err = maintenance.New(h.clock, slog.New(slog.NewTextHandler(h.log, nil)), maintenance.Task{
		Name: "sweep", Every: time.Minute, Do: func(ctx context.Context) error {
			h.started <- ctx
			err := <-h.results
			if errors.Is(err, errPanic) {
				panic("dust")
			}
			return err
		},
	})
	require.NoError(t, err)
	return h
}

// waitForStart advances the clock until the task is started. A call that is due before gocron has noticed the end of the previous
// one is skipped, as it should be.
func (h *harness) waitForStart() context.Context {
	h.Helper()
	timedOut, ticker := time.After(timeout), time.NewTicker(10*time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case ctx := <-h.started:
			return ctx
		case <-ticker.C:
			h.clock.Advance(time.Minute)
		case <-timedOut:
			require.FailNow(h, "the task wasn't started")
		}
	}
}

// advanceMinute advances the clock by a minute once the next call is scheduled.
func (h *harness) advanceMinute() {
	h.Helper()
	ctx, cancel := context.WithTimeout(h.Context(), timeout)
	defer cancel()
	require.NoError(h, h.clock.BlockUntilContext(ctx, 1))
	h.clock.Advance(time.Minute)
}

func TestTaskRunsImmediatelyAndThenAtItsInterval(t *testing.T) {
	h := newHarness(t)
	h.scheduler.Start()
	select {
	case <-h.started:
	case <-time.After(timeout):
		require.Fail(t, "the task didn't run immediately")
	}
	start := h.clock.Now()
	h.results <- nil
	for range 3 {
		h.waitForStart()
		h.results <- nil
	}
	require.GreaterOrEqual(t, h.clock.Since(start), 3*time.Minute)
	require.NoError(t, h.scheduler.Stop())
}

func TestTaskRunsOneCallAtATime(t *testing.T) {
	h := newHarness(t)
	h.scheduler.Start()
	h.waitForStart()
	for range 3 {
		h.advanceMinute()
	}
	select {
	case <-h.started:
		require.Fail(t, "a second call began before the first ended")
	default:
	}
	h.results <- nil
	h.waitForStart()
	h.results <- nil
	require.NoError(t, h.scheduler.Stop())
}

func TestFailuresAndPanicsAreLoggedOnceAndTheTaskContinues(t *testing.T) {
	h := newHarness(t)
	h.scheduler.Start()
	for _, end := range []error{errPanic, errors.New("no broom"), errors.New("no broom"), nil, nil, errors.New("no broom")} {
		h.waitForStart()
		h.results <- end
	}
	h.waitForStart() // the last call has been logged
	h.results <- errors.New("no broom")
	require.NoError(t, h.scheduler.Stop())
	require.Equal(t, 2, h.log.count("maintenance task failed"), "the first of several failures")
	require.Equal(t, 1, h.log.count("dust"))
	require.Equal(t, 1, h.log.count("maintenance task works again"))
}

func TestStopEndsTheTaskAndWaits(t *testing.T) {
	before := goleak.IgnoreCurrent()
	h := newHarness(t)
	h.scheduler.Start()
	ctx := h.waitForStart()
	go func() {
		<-ctx.Done()
		h.results <- ctx.Err()
	}()
	require.NoError(t, h.scheduler.Stop())
	require.Zero(t, h.log.count("maintenance task failed"), "stopping the server is no failure")
	goleak.VerifyNone(t, before)
}

func TestInvalidTasks(t *testing.T) {
	nothing := func(context.Context) error { return nil }
	logger := slog.New(slog.DiscardHandler)
	_, err := maintenance.New(clockwork.NewFakeClock(), logger, maintenance.Task{Name: "a", Every: time.Hour, Do: nothing}, maintenance.Task{Name: "a", Every: time.Hour, Do: nothing})
	require.ErrorContains(t, err, `"a"`)
	_, err = maintenance.New(clockwork.NewFakeClock(), logger, maintenance.Task{Name: "never", Do: nothing})
	require.ErrorContains(t, err, "never")
}
