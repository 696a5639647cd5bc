package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"watchkeeper/internal/syncer"

	"github.com/jackc/pgx/v5"
	"github.com/jonboulle/clockwork"
)

const (
	// notifyChannel is what the triggers notify (migrations, "Replicas hear of changes").
	notifyChannel = "watchkeeper"
	maxSilence    = 30 * time.Second
	// closeTimeout is how long saying good-bye may take to a server that may answer nothing any more.
	closeTimeout = time.Second

	minReconnect = 100 * time.Millisecond
	maxReconnect = 5 * time.Second
	// steadyAfter is how long a connection has to have listened for its loss to be taken for an accident, not for a sign that the
	// next one will be lost too.
	steadyAfter = 10 * time.Second
)

// Listener hears what changed in the database, whichever replica changed it, on one connection of its own outside the
// pool. A pooler between here and the database has to keep sessions apart.
type Listener struct {
	subscribers
	config  *pgx.ConnConfig
	clock   clockwork.Clock
	log     *slog.Logger
	silence time.Duration // taken for peace, before the server is asked whether it is still there

	lifetime sync.Mutex
	stop     context.CancelFunc
	stopped  chan struct{}
}

var _ syncer.Notifier = (*Listener)(nil)

// NewListener prepares a listener to the database, which paces its attempts to connect again by the clock. It hears nothing
// before Start.
func NewListener(db *DB, clock clockwork.Clock, log *slog.Logger) *Listener {
	return &Listener{config: db.pool.Config().ConnConfig, clock: clock, log: log, silence: maxSilence}
}

// Start begins to listen, until Stop or until ctx ends. It doesn't wait for the database: once listening, and after every
// interruption, all subscribers get a signal, as nobody can tell what they missed. A second call does nothing.
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

// Stop ends listening, and returns when the connection is closed. Subscriptions stay, and hear nothing more. Before Start
// and after Stop it does nothing.
func (l *Listener) Stop() {
	l.lifetime.Lock()
	defer l.lifetime.Unlock()
	if l.stop != nil {
		l.stop()
		<-l.stopped
	}
}

// run listens and connects again: at once after a connection that was steady, else after ever longer pauses.
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

// listen passes on what a new connection hears until it fails, and tells whether it listened for steadyAfter.
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

// next waits for a notification. The server is asked now and then: a network may drop a silent connection without a word.
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
			return "", fmt.Errorf("waiting for news: %w", err)
		}
		asking, cancel := context.WithTimeout(ctx, connectTimeout)
		err = conn.Ping(asking)
		cancel()
		if err != nil {
			return "", fmt.Errorf("asking the database for a sign of life: %w", err)
		}
	}
}

// topicsOf tells whom a notification concerns: "run <firm> <run>" or "firm <firm>", as the triggers write it.
func topicsOf(payload string) []string {
	words := strings.Fields(payload)
	switch {
	case len(words) == 3 && words[0] == "run":
		return []string{syncer.RunTopic(words[2]), syncer.FirmTopic(words[1])}
	case len(words) == 2 && words[0] == "firm":
		return []string{syncer.FirmTopic(words[1])}
	}
	return nil // a newer replica's, while servers are replaced
}
