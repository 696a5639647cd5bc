package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/account"
	"watchkeeper/internal/syncer"
)

const (
	// notifyChannel is the channel that the triggers notify (docs/architecture.md#background-work).
	notifyChannel = "watchkeeper"
	// maxSilence is how long nothing may be received before the server is asked whether it is still there.
	maxSilence = 30 * time.Second
	// closeTimeout is how long closing a connection may take: the server may no longer answer.
	closeTimeout = time.Second

	minReconnect = 100 * time.Millisecond
	maxReconnect = 5 * time.Second
	// steadyAfter is how long a connection must have listened before it was lost for the next attempt to be made at once: a shorter
	// one suggests that the next will be lost too.
	steadyAfter = 10 * time.Second
)

// Listener receives notifications of changes in the database, whichever replica made them, on one connection of its own
// outside the pool. A pooler between here and the database must pool sessions, not transactions.
type Listener struct {
	subscribers
	config  *pgx.ConnConfig
	clock   clockwork.Clock
	log     *slog.Logger
	silence time.Duration // maxSilence, or less in tests

	lifetime sync.Mutex
	stop     context.CancelFunc
	stopped  chan struct{}
}

var (
	_ syncer.Notifier  = (*Listener)(nil)
	_ account.Notifier = (*Listener)(nil)
)

// NewListener prepares a listener to the database, which times its attempts to reconnect by the clock. It receives nothing
// before Start.
func NewListener(db *DB, clock clockwork.Clock, log *slog.Logger) *Listener {
	return &Listener{config: db.pool.Config().ConnConfig, clock: clock, log: log, silence: maxSilence}
}

// Start begins to listen, until Stop or until ctx ends. It doesn't wait for the database: once listening, and after every
// interruption, all subscribers get a signal, as they may have missed changes. A second call does nothing.
func (l *Listener) Start(ctx context.Context) {
	l.lifetime.Lock()
	defer l.lifetime.Unlock()
	if l.stop != nil {
		return
	}
	ctx, l.stop = context.WithCancel(ctx)
	l.stopped = make(chan struct{})
	go func() {
		defer close(l.stopped)
		l.run(ctx)
	}()
}

// Stop ends listening, and returns when the connection is closed. Subscriptions stay, and get no more signals. Before Start
// and after Stop it does nothing.
func (l *Listener) Stop() {
	l.lifetime.Lock()
	defer l.lifetime.Unlock()
	if l.stop != nil {
		l.stop()
		<-l.stopped
	}
}

// run listens, and reconnects: at once after a steady connection, else after ever longer pauses.
func (l *Listener) run(ctx context.Context) {
	pause := time.Duration(0)
	for {
		steady, err := l.listen(ctx)
		if ctx.Err() != nil {
			return
		}
		l.log.WarnContext(ctx, "listening to the database was interrupted", "error", err)
		if steady {
			pause = 0
			continue
		}
		pause = min(max(2*pause, minReconnect), maxReconnect)
		select {
		case <-ctx.Done():
			return
		case <-l.clock.After(pause):
		}
	}
}

// listen passes on the notifications of a new connection until it fails, and reports whether it had listened for steadyAfter.
func (l *Listener) listen(ctx context.Context) (steady bool, err error) {
	conn, err := pgx.ConnectConfig(ctx, l.config)
	if err != nil {
		return false, fmt.Errorf("connecting to the database: %w", err)
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
		defer cancel()
		err = errors.Join(err, conn.Close(closing))
	}()
	if _, err := conn.Exec(ctx, "LISTEN "+notifyChannel); err != nil {
		return false, fmt.Errorf("listening: %w", err)
	}
	began := l.clock.Now()
	l.signalAll()
	for {
		payload, err := l.next(ctx, conn)
		if err != nil {
			return l.clock.Since(began) >= steadyAfter, err
		}
		l.signal(topicsOf(payload))
	}
}

// next waits for a notification. It pings the server after each silence: a network may drop an idle connection without an error.
func (l *Listener) next(ctx context.Context, conn *pgx.Conn) (payload string, err error) {
	for {
		waiting, cancel := context.WithTimeout(ctx, l.silence)
		notification, err := conn.WaitForNotification(waiting)
		timedOut := waiting.Err() != nil && ctx.Err() == nil
		cancel()
		switch {
		case err == nil:
			return notification.Payload, nil
		case !timedOut:
			return "", fmt.Errorf("waiting for a notification: %w", err)
		}
		asking, cancel := context.WithTimeout(ctx, connectTimeout)
		err = conn.Ping(asking)
		cancel()
		if err != nil {
			return "", fmt.Errorf("pinging the database: %w", err)
		}
	}
}

// topicsOf returns the topics of a notification, which the triggers write as "run <firm> <run>", "firm <firm>" or "user <user>".
func topicsOf(payload string) []string {
	words := strings.Fields(payload)
	switch {
	case len(words) == 3 && words[0] == "run":
		return []string{syncer.RunTopic(words[2]), syncer.FirmTopic(words[1])}
	case len(words) == 2 && words[0] == "firm":
		return []string{syncer.FirmTopic(words[1])}
	case len(words) == 2 && words[0] == "user":
		return []string{account.UserTopic(words[1])}
	}
	return nil // a notification of a newer version, while servers are being replaced
}
