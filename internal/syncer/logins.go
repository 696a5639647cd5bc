package syncer

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"watchkeeper/internal/apperr"
)

// loginTimeout is how long starting the sync that follows a login may take.
const loginTimeout = 10 * time.Second

// Logins starts the syncs that follow logins, for firms that chose that (contract, syncOnLogin). It works in the background, and never
// delays a login or makes one fail.
type Logins struct {
	syncs *Service
	log   *slog.Logger

	mu      sync.Mutex
	waiting map[string]string // who logged in, by firm: a firm's logins share one sync
	wake    chan struct{}     // has a signal while logins may be pending

	end   context.CancelFunc // of waiting for logins
	drop  context.CancelFunc // of the work too
	ended chan struct{}
}

// NewLogins prepares what follows logins. Before Start they are only recorded.
func NewLogins(syncs *Service, log *slog.Logger) *Logins {
	return &Logins{syncs: syncs, log: log, waiting: map[string]string{}, wake: make(chan struct{}, 1)}
}

// LoggedIn records that somebody logged in, and returns at once.
func (l *Logins) LoggedIn(firmID, userID string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting[firmID] = userID
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Start begins to work, until Stop: the end of ctx alone stops nothing.
func (l *Logins) Start(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	working, drop := context.WithCancel(ctx)
	waiting, end := context.WithCancel(ctx)
	l.end, l.drop, l.ended = end, drop, make(chan struct{})
	go func() {
		defer close(l.ended)
		for ended := false; !ended; {
			select {
			case <-l.wake:
			case <-waiting.Done():
				ended = true // after handling the pending ones
			}
			l.followAll(working)
		}
	}()
}

// Stop handles the pending logins, and returns when that is done; when ctx ends before, what is left is dropped, which is
// an error. Before Start it does nothing.
func (l *Logins) Stop(ctx context.Context) error {
	if l.end == nil {
		return nil
	}
	l.end()
	defer l.drop()
	select {
	case <-l.ended:
		return nil
	case <-ctx.Done():
		l.drop()
		<-l.ended
		return fmt.Errorf("starting the syncs that follow logins: %w", ctx.Err())
	}
}

func (l *Logins) followAll(ctx context.Context) {
	l.mu.Lock()
	waiting := l.waiting
	l.waiting = map[string]string{}
	l.mu.Unlock()
	for firmID, userID := range waiting {
		if err := l.follow(ctx, firmID, userID); err != nil {
			l.log.ErrorContext(ctx, "starting the sync that follows a login", "firm", firmID, "error", err)
		}
	}
}

func (l *Logins) follow(ctx context.Context, firmID, userID string) error {
	ctx, cancel := context.WithTimeout(ctx, loginTimeout)
	defer cancel()
	return l.syncs.followLogin(ctx, firmID, userID)
}

// followLogin starts the round that follows a login, if the firm wants one: at once, or when the manual run that is under way has
// ended. A round over all watches that is already under way counts as the one that follows.
func (s *Service) followLogin(ctx context.Context, firmID, userID string) error {
	settings, err := s.store.Settings(ctx, firmID)
	if err != nil {
		return fmt.Errorf("asking whether a sync follows logins: %w", err)
	}
	if !settings.SyncOnLogin {
		return nil
	}
	if err := s.clio.RequireConnection(ctx, firmID); len(apperr.From(err)) > 0 {
		return nil // not connected
	} else if err != nil {
		return fmt.Errorf("asking whether the firm is connected: %w", err)
	}
	underWay, err := s.runs.UnderWay(ctx, firmID)
	switch {
	case apperr.Is(err, apperr.NotFound):
	case err != nil:
		return fmt.Errorf("looking for a run under way: %w", err)
	case underWay.Trigger != TriggerManual:
		return nil
	}
	_, err = s.store.ChangeSettings(ctx, firmID, func(settings *SyncSettings) error {
		settings.login(userID, s.now())
		return nil
	})
	if err != nil {
		return fmt.Errorf("asking for a sync after a login: %w", err)
	}
	_, err = s.StartDue(ctx)
	return err
}
