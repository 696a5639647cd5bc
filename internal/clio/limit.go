package clio

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/uptrace/bun"
)

const (
	// runCost is what a run asks for: the matters and the contacts of a batch (docs/rules.md#clio-limit).
	runCost = 2
	// leftToClicks is what runs leave of a window's requests to clicks (docs/rules.md#clio-limit).
	leftToClicks = 5
)

// Limit is what Clio's headers last said of the limit of a connection's requests, shared by all replicas (Clio's documentation: rate
// limits).
type Limit struct {
	bun.BaseModel `bun:"table:clio_limits,alias:m"`

	FirmID       string `bun:",pk"`
	Remaining    int
	ResetsAt     time.Time
	BlockedUntil *time.Time // after a 429
}

// limitIn reads the limit out of an answer's headers; nil when they don't tell, or tell of a window that ends more than a day off,
// which counts as not said.
func limitIn(header http.Header, now time.Time) *Limit {
	remaining, err := strconv.Atoi(header.Get("X-RateLimit-Remaining"))
	reset, resetErr := strconv.ParseInt(header.Get("X-RateLimit-Reset"), 10, 64)
	resetsAt := time.Unix(reset, 0).UTC()
	if err != nil || resetErr != nil || remaining < 0 || resetsAt.After(now.Add(longestPause)) {
		return nil
	}
	return &Limit{Remaining: remaining, ResetsAt: resetsAt}
}

// Reserve sets the requests of a run aside, before Clio is asked, and leaves some of the window to clicks. It returns when the run may
// try again, where too few are left or Clio asked for a pause; nil when it may go on.
func (s *Service) Reserve(ctx context.Context, firmID string) (*time.Time, error) {
	return s.store.Reserve(ctx, firmID, runCost, runCost+leftToClicks, s.now())
}

// noteLimit writes down what the answers to an operation said of the limit. What fails is logged: the limit is Clio's to enforce.
func (s *Service) noteLimit(ctx context.Context, c *connection, err error) {
	if c == nil {
		return
	}
	limit := Limit{FirmID: c.firmID, ResetsAt: s.now()}
	if c.limit != nil {
		limit.Remaining, limit.ResetsAt = c.limit.Remaining, c.limit.ResetsAt
	}
	limit.BlockedUntil = pauseIn(err)
	if limit.BlockedUntil == nil && c.limit == nil {
		return
	}
	if failed := s.store.NoteLimit(ctx, &limit); failed != nil {
		s.log.WarnContext(ctx, "Clio: noting the limit", "firm", c.firmID, "error", failed)
	}
}

// IsDown reports whether the error means that Clio itself is failing: no answer, an unreadable one, or a 5xx. It mends by itself.
func (*Service) IsDown(err error) bool {
	return isFailing(err)
}
