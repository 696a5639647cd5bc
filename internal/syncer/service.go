// Package syncer is the heart: it keeps watches current from Clio, by the rules of design.md §2.
//
// What Clio offers (offer.go) and what a watch holds are merged by one pure function (merge.go); compare.go turns the merge
// into the result of one watch. Around them are the use cases: a single sync, an import, the matter browser, the mapping
// of case types and the settings.
package syncer

import (
	"context"
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/watch"
)

// Rules are the firm's choices by which watches are compared. They are read in the transaction that writes (design.md §2.3).
type Rules struct {
	Policy ConflictResolution
	// Mapping has the case types that the firm chose, by the practice area's number in Clio.
	Mapping map[int64]watch.CaseType
}

// Store keeps what a sync reads and writes. Whatever it is asked for is the given firm's.
type Store interface {
	// Compare hands the rules and those of the watches that there are, locked and with their links, to the rule, and
	// writes in bulk what the rule changed. A dry comparison locks and writes nothing.
	Compare(ctx context.Context, firmID string, watchIDs []string, dry bool, rule CompareRule) error
	// Import hands the rules and the watches that these matters are linked to already to the rule, and writes the new
	// watches and links that it returns. Two imports of one firm wait for each other. When the firm is no longer connected
	// to the account that the matters came from, nothing is written: an apperr ClioNotConnected.
	Import(ctx context.Context, firmID string, from *clio.Snapshot, matterIDs []int64, rule ImportRule) error
	// LinkedWatches returns the watches that these matters are linked to, by the matter's number.
	LinkedWatches(ctx context.Context, firmID string, matterIDs []int64) (map[int64]*watch.Watch, error)

	// Settings returns the defaults where the firm chose nothing.
	Settings(ctx context.Context, firmID string) (*SyncSettings, error)
	// ChangeSettings hands the locked settings to the rule and writes what it made of them; nothing when it fails.
	ChangeSettings(ctx context.Context, firmID string, rule func(*SyncSettings) error) (*SyncSettings, error)
	Mapping(ctx context.Context, firmID string) (map[int64]watch.CaseType, error)
	// SetMapping goes back to the built-in mapping when caseType is nil.
	SetMapping(ctx context.Context, firmID string, practiceAreaID int64, caseType *watch.CaseType) error
}

// CompareRule changes the watches, keyed by id, as it sees fit. It may be called again, with watches read anew.
type CompareRule func(rules Rules, watches map[string]*watch.Watch) error

// ImportRule returns the watches to create, each with its link. It may be called again.
type ImportRule func(rules Rules, linked map[int64]*watch.Watch) ([]*watch.Watch, error)

// Service is what people and schedules do with syncs. Every method is bound to the firm that is given.
type Service struct {
	store   Store
	clio    *clio.Service
	watches *watch.Service
	clock   clockwork.Clock
}

// NewService returns a service on the store and the connection to Clio.
func NewService(store Store, clioService *clio.Service, watches *watch.Service, clock clockwork.Clock) *Service {
	return &Service{store: store, clio: clioService, watches: watches, clock: clock}
}

func (s *Service) now() time.Time {
	return s.clock.Now().UTC().Truncate(time.Microsecond) // as PostgreSQL keeps it
}
