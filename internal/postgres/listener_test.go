package postgres_test

import (
	"context"
	"log/slog"
	"runtime"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// listen starts a listener, which stops with the test, and waits until it listens.
func listen(t *testing.T, db *postgres.DB) *postgres.Listener {
	t.Helper()
	listener := postgres.NewListener(db, clockwork.NewRealClock(), slog.New(slog.DiscardHandler))
	connected, cancel := listener.Subscribe("anything")
	defer cancel()
	listener.Start(t.Context())
	t.Cleanup(listener.Stop)
	receive(t, connected)
	return listener
}

func notify(t *testing.T, db *postgres.DB, payload string) {
	t.Helper()
	_, err := db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "SELECT pg_notify('watchkeeper', $1)", payload)
	require.NoError(t, err)
}

// settled makes sure that the listener has handled all notifications sent before.
func settled(t *testing.T, db *postgres.DB, listener *postgres.Listener) {
	t.Helper()
	last, cancel := listener.Subscribe("run last")
	defer cancel()
	notify(t, db, "run nobody last")
	receive(t, last)
}

func TestTopicsOfANotification(t *testing.T) {
	for payload, topics := range map[string][]string{
		"run firm_1 run_1":   {"run run_1", "firm firm_1"},
		"firm firm_1":        {"firm firm_1"},
		"user user_1":        {"user user_1"},
		"":                   nil,
		"run run_1":          nil,
		"firm firm_1 more":   nil,
		"something new here": nil,
	} {
		require.Equal(t, topics, postgres.TopicsOf(payload), payload)
	}
}

func TestSubscribersGetSignalsOfTheirTopicsOnly(t *testing.T) {
	url := pgtest.URL(t)
	db, replica := pgtest.OpenURL(t, url), pgtest.OpenURL(t, url)
	listener := listen(t, db)
	run, cancelRun := listener.Subscribe("run run_1")
	firm, cancelFirm := listener.Subscribe("firm firm_1")
	both, cancelBoth := listener.Subscribe("run run_2", "firm firm_1")
	other, cancelOther := listener.Subscribe("run run_3", "firm firm_2")
	defer cancelOther()

	notify(t, replica, "run firm_1 run_1")
	receive(t, run)
	receive(t, firm)
	receive(t, both)
	notify(t, replica, "firm firm_1")
	receive(t, firm)
	receive(t, both)
	settled(t, replica, listener)
	require.Empty(t, run)
	require.Empty(t, other)

	cancelRun()
	cancelFirm()
	cancelBoth()
	cancelBoth()
	notify(t, replica, "run firm_1 run_1")
	settled(t, replica, listener)
	for _, canceled := range []<-chan struct{}{run, firm, both} {
		require.Empty(t, canceled)
	}
}

func TestSignalsThatAreNotReceivedBecomeOne(t *testing.T) {
	db := pgtest.Open(t)
	listener := listen(t, db)
	signals, cancel := listener.Subscribe("firm firm_1")
	defer cancel()
	for range 5 {
		notify(t, db, "firm firm_1")
	}
	settled(t, db, listener)
	receive(t, signals)
	require.Empty(t, signals)
	notify(t, db, "firm firm_1")
	receive(t, signals)
}

func TestAChangedRunIsSignaledWhenItIsCommitted(t *testing.T) {
	db := pgtest.Open(t)
	_, err := db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "INSERT INTO firms (id, name, created_at) VALUES ('firm_1', 'A', now())")
	require.NoError(t, err)
	listener := listen(t, db)
	signals, cancel := listener.Subscribe("run run_1")
	defer cancel()

	tx, err := db.Pool().Begin(pgtest.AcrossFirms(t.Context()))
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `INSERT INTO sync_runs VALUES ('run_1', 'firm_1', 'round_1', 'MANUAL', 'ALL', FALSE,
		'KEEP_LOCAL', 'QUEUED', '{}', '{}', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, now())`)
	require.NoError(t, err)
	settled(t, db, listener)
	require.Empty(t, signals)
	require.NoError(t, tx.Commit(t.Context()))
	receive(t, signals)
}

func TestAfterALostConnectionAllSubscribersGetASignal(t *testing.T) {
	db := pgtest.Open(t)
	listener := listen(t, db)
	run, cancelRun := listener.Subscribe("run run_1")
	defer cancelRun()
	firm, cancelFirm := listener.Subscribe("firm firm_1")
	defer cancelFirm()
	for range 2 {
		loseListener(t, db)
		receive(t, run)
		receive(t, firm)
		notify(t, db, "run firm_1 run_1")
		receive(t, run)
		receive(t, firm)
	}
}

func TestAListenerOutlivesTheDatabase(t *testing.T) {
	url := pgtest.Fresh(t)
	db := pgtest.OpenURL(t, url)
	clock := clockwork.NewFakeClock()
	listener := postgres.NewListener(db, clock, slog.New(slog.DiscardHandler))
	signals, cancel := listener.Subscribe("run run_1")
	defer cancel()
	listener.Start(t.Context())
	t.Cleanup(listener.Stop)
	receive(t, signals)

	comeBack := goAway(t, url)
	for range 10 { // every pause is five seconds at most
		require.NoError(t, clock.BlockUntilContext(t.Context(), 1))
		clock.Advance(5 * time.Second)
	}
	require.NoError(t, clock.BlockUntilContext(t.Context(), 1))
	require.Empty(t, signals)
	comeBack()
	clock.Advance(5 * time.Second)
	receive(t, signals)
	db.Pool().Reset() // its connections are broken, too
	notify(t, db, "run firm_1 run_1")
	receive(t, signals)
}

// A connection that is lost as soon as it listens is only replaced after a pause; one that listened for long, at once.
func TestOnlyASteadyConnectionIsReplacedAtOnce(t *testing.T) {
	db := pgtest.Open(t)
	clock := clockwork.NewFakeClock()
	listener := postgres.NewListener(db, clock, slog.New(slog.DiscardHandler))
	signals, cancel := listener.Subscribe("run run_1")
	defer cancel()
	listener.Start(t.Context())
	t.Cleanup(listener.Stop)
	receive(t, signals)
	waiting, fail := context.WithTimeout(t.Context(), timeout)
	defer fail()
	for pause := 100 * time.Millisecond; pause < time.Second; pause *= 2 {
		loseListener(t, db)
		require.NoError(t, clock.BlockUntilContext(waiting, 1))
		clock.Advance(pause - time.Millisecond)
		require.Empty(t, signals)
		clock.Advance(time.Millisecond)
		receive(t, signals)
	}
	clock.Advance(time.Minute)
	loseListener(t, db)
	receive(t, signals)
}

// loseListener ends the one connection that listens.
func loseListener(t *testing.T, db *postgres.DB) {
	t.Helper()
	var ended int
	err := db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), `SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
		WHERE datname = current_database() AND query = 'LISTEN watchkeeper'`).Scan(&ended)
	require.NoError(t, err)
	require.Equal(t, 1, ended, "one connection")
}

func TestASilentConnectionIsPingedAndKept(t *testing.T) {
	db := pgtest.Open(t)
	listener := postgres.NewListener(db, clockwork.NewRealClock(), slog.New(slog.DiscardHandler))
	listener.SetSilence(time.Millisecond)
	signals, cancel := listener.Subscribe("run run_1")
	defer cancel()
	listener.Start(t.Context())
	t.Cleanup(listener.Stop)
	receive(t, signals)
	require.Eventually(t, func() bool {
		var asked bool
		err := db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), `SELECT count(*) > 0 FROM pg_stat_activity
			WHERE datname = current_database() AND query = '-- ping' AND pid <> pg_backend_pid()`).Scan(&asked)
		return err == nil && asked
	}, timeout, 10*time.Millisecond)
	require.Empty(t, signals, "the connection is the first one still")
	notify(t, db, "run firm_1 run_1")
	receive(t, signals)
}

func TestStoppingAListenerLeavesNothing(t *testing.T) {
	db := pgtest.Open(t)
	require.NoError(t, db.Ready(t.Context()))
	before := goleak.IgnoreCurrent()
	listener := listen(t, db)
	listener.Start(t.Context()) // does nothing
	listener.Stop()
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	require.NotContains(t, string(stacks), "(*Listener).run", "waited for")
	goleak.VerifyNone(t, before)
	listener.Stop()

	ended, end := context.WithCancel(t.Context())
	end()
	listener = postgres.NewListener(db, clockwork.NewRealClock(), slog.New(slog.DiscardHandler))
	listener.Stop()
	listener.Start(ended)
	listener.Stop()
	goleak.VerifyNone(t, before)
}
