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

// house has one task, which a test does itself: each call is announced, and lasts until the test says what came of it.
type house struct {
	*testing.T
	clock     *clockwork.FakeClock
	scheduler *maintenance.Scheduler
	log       *log
	begun     chan context.Context
	ends      chan error
}

// log may be written to by many.
type log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *log) count(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Count(l.buf.Bytes(), []byte(text))
}

var errPanic = errors.New("panic, please")

func newHouse(t *testing.T) *house {
	h := &house{T: t, clock: clockwork.NewFakeClock(), log: &log{}, begun: make(chan context.Context), ends: make(chan error)}
	var err error
	h.scheduler, err = maintenance.New(h.clock, slog.New(slog.NewTextHandler(h.log, nil)), maintenance.Task{
		Name: "sweep", Every: time.Minute, Do: func(ctx context.Context) error {
			h.begun <- ctx
			err := <-h.ends
			if errors.Is(err, errPanic) {
				panic("dust")
			}
			return err
		},
	})
	require.NoError(t, err)
	return h
}

// next waits until the task is begun. Minutes go by meanwhile: one that comes before the last call is over for gocron too is left
// out, as it should.
func (h *house) next() context.Context {
	h.Helper()
	late, again := time.After(timeout), time.NewTicker(10*time.Millisecond)
	defer again.Stop()
	for {
		select {
		case ctx := <-h.begun:
			return ctx
		case <-again.C:
			h.clock.Advance(time.Minute)
		case <-late:
			require.FailNow(h, "the task isn't begun")
		}
	}
}

// minute lets a minute pass once the next call is planned.
func (h *house) minute() {
	h.Helper()
	ctx, cancel := context.WithTimeout(h.Context(), timeout)
	defer cancel()
	require.NoError(h, h.clock.BlockUntilContext(ctx, 1))
	h.clock.Advance(time.Minute)
}

func TestAChoreIsDoneAtOnceAndThenWheneverItsTimeHasCome(t *testing.T) {
	h := newHouse(t)
	h.scheduler.Start()
	select {
	case <-h.begun:
	case <-time.After(timeout):
		require.Fail(t, "it isn't done at once")
	}
	began := h.clock.Now()
	h.ends <- nil
	for range 3 {
		h.next()
		h.ends <- nil
	}
	require.GreaterOrEqual(t, h.clock.Since(began), 3*time.Minute)
	require.NoError(t, h.scheduler.Stop())
}

func TestAChoreIsDoneOneCallAtATime(t *testing.T) {
	h := newHouse(t)
	h.scheduler.Start()
	h.next()
	for range 3 {
		h.minute()
	}
	select {
	case <-h.begun:
		require.Fail(t, "a second call beside the first")
	default:
	}
	h.ends <- nil
	h.next()
	h.ends <- nil
	require.NoError(t, h.scheduler.Stop())
}

func TestAFailureOrAPanicIsLoggedOnceAndTheChoreGoesOn(t *testing.T) {
	h := newHouse(t)
	h.scheduler.Start()
	for _, end := range []error{errPanic, errors.New("no broom"), errors.New("no broom"), nil, nil, errors.New("no broom")} {
		h.next()
		h.ends <- end
	}
	h.next() // the last call has been logged
	h.ends <- errors.New("no broom")
	require.NoError(t, h.scheduler.Stop())
	require.Equal(t, 2, h.log.count("maintenance fails"), "the first of several failures")
	require.Equal(t, 1, h.log.count("dust"))
	require.Equal(t, 1, h.log.count("maintenance works again"))
}

func TestStoppingEndsTheChoreAndWaits(t *testing.T) {
	before := goleak.IgnoreCurrent()
	h := newHouse(t)
	h.scheduler.Start()
	ctx := h.next()
	go func() {
		<-ctx.Done()
		h.ends <- ctx.Err()
	}()
	require.NoError(t, h.scheduler.Stop())
	require.Zero(t, h.log.count("maintenance fails"), "a server that stops is no failure")
	goleak.VerifyNone(t, before)
}

func TestChoresThatCannotBePlanned(t *testing.T) {
	nothing := func(context.Context) error { return nil }
	logger := slog.New(slog.DiscardHandler)
	_, err := maintenance.New(clockwork.NewFakeClock(), logger, maintenance.Task{Name: "a", Every: time.Hour, Do: nothing}, maintenance.Task{Name: "a", Every: time.Hour, Do: nothing})
	require.ErrorContains(t, err, `"a"`)
	_, err = maintenance.New(clockwork.NewFakeClock(), logger, maintenance.Task{Name: "never", Do: nothing})
	require.ErrorContains(t, err, "never")
}
