package syncer

import (
	"context"
	"time"

	"watchkeeper/internal/clio/record"
)

// Clio is what a sync needs of Clio, the firms' practice manager. Every request is made for the given firm. Errors that a
// caller may see are apperr's CLIO_NOT_CONFIGURED, CLIO_NOT_CONNECTED, CLIO_UNAVAILABLE and CLIO_RATE_LIMITED.
type Clio interface {
	// Configured reports whether this server has a Clio application to connect with.
	Configured() bool
	// Region is the Clio region that this server is set to.
	Region() string
	// Connection is the state of the firm's connection. It asks the database, not Clio.
	Connection(ctx context.Context, firmID string) (record.Connection, error)
	// RequireConnection is CLIO_NOT_CONFIGURED or CLIO_NOT_CONNECTED unless the firm's connection can be used. It asks the database,
	// not Clio.
	RequireConnection(ctx context.Context, firmID string) error
	// Reserve reserves the two requests of a run and returns Read for them; where too few are left, or Clio asked to wait, it reserves none and
	// returns when to try again (docs/rules.md#clio-limit).
	Reserve(ctx context.Context, firmID string) (record.Read, *time.Time, error)
	// Read asks Clio for up to 100 matters and for the addresses of their clients, in two requests.
	Read(ctx context.Context, firmID string, matterIDs []int64) (*record.Snapshot, error)
	// Browse asks Clio for one page of matters, in one request.
	Browse(ctx context.Context, firmID string, query record.MatterQuery) (*record.MatterPage, error)
	// PracticeAreas asks Clio for all of the firm's practice areas.
	PracticeAreas(ctx context.Context, firmID string) ([]record.PracticeArea, error)
	// IsDown reports whether an error of Read, Browse or PracticeAreas means that Clio itself is failing, so that trying again later may help.
	IsDown(err error) bool
}
