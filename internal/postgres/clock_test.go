package postgres_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// wrongClock is a clock that is ahead of the right one.
type wrongClock struct {
	clockwork.Clock
	ahead time.Duration
}

func (c *wrongClock) Now() time.Time                  { return c.Clock.Now().Add(c.ahead) }
func (c *wrongClock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }

func TestTheClockHasTheDatabasesTime(t *testing.T) {
	machine := &wrongClock{clockwork.NewRealClock(), 2 * time.Minute}
	clock := pgtest.Open(t, postgres.WithMachineClock(machine)).Clock()
	require.WithinDuration(t, time.Now(), clock.Now(), 10*time.Second)
	require.InDelta(t, 2*time.Minute, clock.Skew(), float64(10*time.Second))
	require.Zero(t, pgtest.Open(t).Clock().Skew(), "the database runs on this machine")

	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, nil))
	machine.ahead = -time.Hour
	require.NoError(t, clock.Compare(t.Context(), log))
	require.WithinDuration(t, time.Now(), clock.Now(), 10*time.Second)
	require.NoError(t, clock.Compare(t.Context(), log))
	require.Equal(t, 1, strings.Count(logged.String(), "clock differs"), logged.String())
}

// What River writes is compared with PostgreSQL's now(): a run that is put off, and one that is tried again.
func TestAWrongClockDelaysNoRun(t *testing.T) {
	db := pgtest.Open(t, postgres.WithMachineClock(&wrongClock{clockwork.NewRealClock(), 2 * time.Minute}))
	attempts, done := 0, make(chan time.Time, 1)
	startJobs(t, db, postgres.JobsOptions{Execute: func(context.Context, string) (*time.Time, error) {
		switch attempts++; attempts {
		case 1:
			resumeAt := db.Clock().Now().Add(time.Millisecond)
			return &resumeAt, nil
		case 2:
			return nil, context.DeadlineExceeded
		default:
			done <- time.Now()
			return nil, nil
		}
	}})
	enqueue(t, db, "late")
	receive(t, done)
}
