package clio

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/clio/record"
)

const (
	// requestsPerBatch is how many requests a run makes for a batch: its matters and its contacts (docs/rules.md#clio-limit).
	requestsPerBatch = 2
	// reservedForClicks is how many requests of a window runs leave to clicks (docs/rules.md#clio-limit).
	reservedForClicks = 5
)

// Limit is the rate limit of a connection as Clio's headers last reported it, shared by all replicas (Clio's documentation: rate
// limits).
type Limit struct {
	bun.BaseModel `bun:"table:clio_limits,alias:m"`

	FirmID       string `bun:",pk"`
	Remaining    int
	ResetsAt     time.Time
	BlockedUntil *time.Time // after a 429
}

// parseLimit reads the limit from a response's headers. It returns nil when they have none, or one whose window ends more than a
// day from now.
func parseLimit(header http.Header, now time.Time) *Limit {
	remaining, err := strconv.Atoi(header.Get("X-RateLimit-Remaining"))
	reset, resetErr := strconv.ParseInt(header.Get("X-RateLimit-Reset"), 10, 64)
	resetsAt := time.Unix(reset, 0).UTC()
	if err != nil || resetErr != nil || remaining < 0 || resetsAt.After(now.Add(maxRetryDelay)) {
		return nil
	}
	return &Limit{Remaining: remaining, ResetsAt: resetsAt}
}

// Reserve reserves the requests of a run before Clio is asked, and leaves some of the window to clicks. It returns Read for them, with the
// connection as it is now; or when to try again, where too few requests remain, or Clio asked to wait.
func (s *Service) Reserve(ctx context.Context, firmID string) (read record.Read, until *time.Time, err error) {
	row, until, err := s.store.Reserve(ctx, firmID, requestsPerBatch, requestsPerBatch+reservedForClicks, s.now())
	if err != nil || until != nil {
		return nil, until, err
	}
	find := func(context.Context) (*Integration, error) {
		if !s.Configured() {
			return nil, notConfigured()
		}
		return requireUsable(s.inRegion(row))
	}
	return func(ctx context.Context, matterIDs []int64) (*record.Snapshot, error) {
		return s.readBy(ctx, find, matterIDs)
	}, nil, nil
}

// saveLimit stores the limit that the responses to an operation reported. An error is only logged: Clio enforces the limit.
func (s *Service) saveLimit(ctx context.Context, c *connection, err error) {
	if c == nil {
		return
	}
	limit := Limit{FirmID: c.firmID, ResetsAt: s.now()}
	if c.limit != nil {
		limit.Remaining, limit.ResetsAt = c.limit.Remaining, c.limit.ResetsAt
	}
	limit.BlockedUntil = rateLimitedUntil(err)
	if limit.BlockedUntil == nil && c.limit == nil {
		return
	}
	if saveErr := s.store.SaveLimit(ctx, &limit); saveErr != nil {
		s.log.WarnContext(ctx, "saving clio's rate limit failed", "firm", c.firmID, "error", saveErr)
	}
}
