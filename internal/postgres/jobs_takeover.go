package postgres

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// searches is how often, within TakeOverAfter, each replica looks for abandoned runs.
const searches = 4

// takeOver returns abandoned runs to the queue. River does so itself every 30 s, but needs a leader, which may have died too and is
// replaced within 15 s: a run could wait for longer than TakeOverAfter. This search needs no leader; it is one statement, which
// usually finds nothing.
type takeOver struct {
	db     *DB
	after  time.Duration
	logger *slog.Logger

	end       context.CancelFunc
	searching sync.WaitGroup
}

func (t *takeOver) start(ctx context.Context) {
	ctx, t.end = context.WithCancel(ctx)
	t.searching.Go(func() { t.search(ctx) })
}

// stop ends the searches, and waits for one that is running. Before start it does nothing.
func (t *takeOver) stop() {
	if t.end != nil {
		t.end()
		t.searching.Wait()
	}
}

func (t *takeOver) search(ctx context.Context) {
	ticker := time.NewTicker(t.after / searches)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		switch n, err := t.release(ctx); {
		case err != nil && ctx.Err() == nil:
			t.logger.WarnContext(ctx, "looking for abandoned runs", "error", err)
		case n > 0:
			t.logger.WarnContext(ctx, "abandoned runs were returned to the queue", "runs", n)
		}
	}
}

// release returns abandoned runs to the queue, and returns how many. A worker that is still executing one, in spite of its JobTimeout,
// changes nothing any more: a run ends once (syncer.RunStore, FinishRun).
func (t *takeOver) release(ctx context.Context) (int64, error) {
	return releaseJobs(ctx, t.db.pool, t.after)
}
