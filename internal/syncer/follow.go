package syncer

import (
	"context"
	"reflect"
	"time"

	"watchkeeper/internal/apperr"
)

const (
	// rereadAfter is how long after a failed reading a follower reads again, unless a signal comes first.
	rereadAfter = time.Second
	// rereadPause is how long a follower waits at least from one reading to the next.
	rereadPause = time.Second / 4
)

// Notifier reports changes made on any replica. It says only that something changed: subscribers read it again.
type Notifier interface {
	// Subscribe returns a channel that gets a signal after each change of the topics, RunTopic and FirmTopic; signals that haven't
	// been received yet are merged into one. cancel ends the subscription.
	Subscribe(topics ...string) (changed <-chan struct{}, cancel func())
}

// RunTopic is the topic of one run.
func RunTopic(runID string) string { return "run " + runID }

// FirmTopic is the topic of a firm's status.
func FirmTopic(firmID string) string { return "firm " + firmID }

// FollowRun returns a channel with the run as it is, and again whenever it changes; states in between may be skipped, the last never. It
// is closed when the run has ended, or ctx has. NOT_FOUND when the firm has no such run.
func (s *Service) FollowRun(ctx context.Context, firmID, runID string) (<-chan *SyncRun, error) {
	read := func(ctx context.Context) (*SyncRun, any, error) {
		run, err := s.Run(ctx, firmID, runID)
		return run, run, err
	}
	f := follower[SyncRun]{service: s, read: read, isLast: (*SyncRun).Ended}
	run, err := f.begin(ctx, RunTopic(runID))
	if err != nil {
		return nil, err
	}
	return f.follow(ctx, run), nil
}

// FollowStatus returns a channel with the firm's status as it is, and again whenever a run starts or ends, a conflict opens or
// closes, or the connection or the schedule changes; states in between may be skipped, the last never. It is closed when ctx has ended.
func (s *Service) FollowStatus(ctx context.Context, firmID string) (<-chan *SyncStatus, error) {
	read := func(ctx context.Context) (*SyncStatus, any, error) { return s.shownStatus(ctx, firmID) }
	f := follower[SyncStatus]{service: s, read: read, isLast: func(*SyncStatus) bool { return false }}
	status, err := f.begin(ctx, FirmTopic(firmID))
	if err != nil {
		return nil, err
	}
	return f.follow(ctx, status), nil
}

// shownStatus is the status, and all that the API shows of it: the connection belongs to it, without what maintenance changes of it.
func (s *Service) shownStatus(ctx context.Context, firmID string) (status *SyncStatus, shown any, err error) {
	if status, err = s.Status(ctx, firmID); err != nil {
		return nil, nil, err
	}
	connection, err := s.clio.Connection(ctx, firmID)
	if err != nil {
		return nil, nil, err
	}
	return status, []any{status, connection.Shown}, nil
}

// follower reads something again whenever it may have changed.
type follower[T any] struct {
	service *Service
	// read returns the value and what the API shows of it: it has changed if that has. NOT_FOUND ends the following.
	read        func(context.Context) (value *T, shown any, err error)
	isLast      func(*T) bool
	changed     <-chan struct{}
	unsubscribe func()

	shown  any       // what was sent last
	readAt time.Time // when it was last read
}

// begin reads the first state. It subscribes first, so that no change is missed in between.
func (f *follower[T]) begin(ctx context.Context, topic string) (*T, error) {
	f.changed, f.unsubscribe = f.service.notifier.Subscribe(topic)
	first, _, err := f.reread(ctx)
	if err != nil {
		f.unsubscribe()
	}
	return first, err
}

// follow sends the first state and all later ones, in a goroutine that ends with ctx.
func (f *follower[T]) follow(ctx context.Context, first *T) <-chan *T {
	states := make(chan *T)
	go func() {
		defer close(states)
		defer f.unsubscribe()
		for state := first; state != nil; state = f.next(ctx) {
			select {
			case states <- state:
			case <-ctx.Done():
				return
			}
			if f.isLast(state) {
				return
			}
		}
	}()
	return states
}

// next waits for another state than the last; nil when there is none, or ctx has ended.
func (f *follower[T]) next(ctx context.Context) *T {
	var again <-chan time.Time
	for {
		select {
		case <-f.changed:
		case <-again:
		case <-ctx.Done():
			return nil
		}
		if !f.pause(ctx) {
			return nil
		}
		state, isNew, err := f.reread(ctx)
		switch {
		case apperr.Is(err, apperr.NotFound):
			return nil
		case err != nil:
			again = f.service.clock.After(rereadAfter) // the database may be back by then
		case isNew:
			return state
		}
	}
}

// pause waits until it may be read again; false if ctx ends before. No signal is lost in between: the state is read after it.
func (f *follower[T]) pause(ctx context.Context) bool {
	timer := f.service.clock.NewTimer(rereadPause - f.service.clock.Since(f.readAt))
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return true
	case <-ctx.Done():
		return false
	}
}

// reread reads the state, and reports whether the API shows another than before.
func (f *follower[T]) reread(ctx context.Context) (state *T, isNew bool, err error) {
	state, shown, err := f.read(ctx)
	f.readAt = f.service.clock.Now()
	if err != nil {
		return nil, false, err
	}
	isNew = !reflect.DeepEqual(shown, f.shown)
	f.shown = shown
	return state, isNew, nil
}
