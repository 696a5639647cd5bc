package syncer

import (
	"context"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"watchkeeper/internal/apperr"
)

const (
	// rereadAfter is how long after a failed reading a feed reads again, unless a signal comes first.
	rereadAfter = time.Second
	// rereadPause is how long a feed waits at least from one reading to the next.
	rereadPause = time.Second / 4
	// sharedFor is how long followers share what they make of a reading. Who is slower makes it again.
	sharedFor = 5 * time.Second
)

// reading is what was read at a time.
type reading[T any] struct {
	value    *T
	shown    any // what the API shows of it: it has changed if that has
	shared   *Shared
	sequence uint64 // readings that began later have higher ones
}

// feeds read what is followed, each once for all of its followers in this replica.
type feeds[T any] struct {
	service   *Service
	sequences atomic.Uint64

	mu   sync.Mutex
	open map[string]*feed[T]
}

// feed reads something again whenever it may have changed, as long as it has followers.
type feed[T any] struct {
	feeds     *feeds[T]
	read      reader[T]
	signals   <-chan struct{}
	stop      func()
	stopped   chan struct{}
	followers int // of which feeds.mu is the lock

	mu      sync.Mutex
	latest  reading[T]    // with a nil value once there is nothing to read any more
	changed chan struct{} // closed when there is a new reading
}

// reader reads the value, for followers who share something if that isn't nil, and what the API shows of it; NOT_FOUND ends the feed.
type reader[T any] func(ctx context.Context, shared *Shared) (value *T, shown any, err error)

// join returns the feed of the key, which the follower has to leave.
func (fs *feeds[T]) join(ctx context.Context, key, topic string, read reader[T]) *feed[T] {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	f := fs.open[key]
	if f == nil {
		reading, cancel := context.WithCancel(context.WithoutCancel(ctx))
		signals, unsubscribe := fs.service.notifier.Subscribe(topic)
		f = &feed[T]{
			feeds: fs, read: read, signals: signals, stopped: make(chan struct{}), changed: make(chan struct{}),
			stop: func() { cancel(); unsubscribe() },
		}
		if fs.open == nil {
			fs.open = map[string]*feed[T]{}
		}
		fs.open[key] = f
		go f.run(reading)
	}
	f.followers++
	return f
}

// leave ends the feed with its last follower, and waits for that.
func (fs *feeds[T]) leave(key string, f *feed[T]) {
	fs.mu.Lock()
	if f.followers--; f.followers > 0 {
		fs.mu.Unlock()
		return
	}
	if fs.open[key] == f {
		delete(fs.open, key)
	}
	fs.mu.Unlock()
	f.stop()
	<-f.stopped
}

// now reads.
func (f *feed[T]) now(ctx context.Context, shared *Shared) (reading[T], error) {
	sequence := f.feeds.sequences.Add(1)
	value, shown, err := f.read(ctx, shared)
	return reading[T]{value: value, shown: shown, shared: shared, sequence: sequence}, err
}

// run reads after each signal, and after a failure.
func (f *feed[T]) run(ctx context.Context) {
	defer close(f.stopped)
	clock := f.feeds.service.clock
	readAt := clock.Now()
	var again, forget <-chan time.Time
	for {
		select {
		case <-f.signals:
		case <-again:
		case <-forget:
			f.latest.shared.forget()
			forget = nil
			continue
		case <-ctx.Done():
			return
		}
		if !f.pause(ctx, readAt) {
			return
		}
		next, err := f.now(ctx, new(Shared))
		readAt, again = clock.Now(), nil
		switch {
		case apperr.Is(err, apperr.NotFound):
			f.tell(reading[T]{sequence: next.sequence})
		case err != nil:
			again = clock.After(rereadAfter) // the database may be back by then
		default:
			f.latest.shared.forget()
			f.tell(next)
			forget = clock.After(sharedFor)
		}
	}
}

// pause waits until it may be read again; false if ctx ends before. No signal is lost in between: it is read after the pause.
func (f *feed[T]) pause(ctx context.Context, readAt time.Time) bool {
	clock := f.feeds.service.clock
	timer := clock.NewTimer(rereadPause - clock.Since(readAt))
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return true
	case <-ctx.Done():
		return false
	}
}

// tell passes a reading on to the followers, each of whom knows whether it shows something new to them.
func (f *feed[T]) tell(next reading[T]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.latest = next
	close(f.changed)
	f.changed = make(chan struct{})
}

// after waits for a reading that began after the given one and shows something else; false when there is none any more.
func (f *feed[T]) after(ctx context.Context, last reading[T]) (next reading[T], ok bool) {
	for {
		f.mu.Lock()
		latest, changed := f.latest, f.changed
		f.mu.Unlock()
		if latest.sequence > last.sequence {
			if latest.value == nil {
				return latest, false
			}
			if !reflect.DeepEqual(latest.shown, last.shown) {
				return latest, true
			}
			last.sequence = latest.sequence
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return reading[T]{}, false
		}
	}
}
