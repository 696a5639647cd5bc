// Package syncer is the heart: it keeps watches current from Clio, by the rules of docs/rules.md.
//
// The rules are pure. What Clio offers (offer.go) and what a watch holds are merged by one function (merge.go); compare.go turns
// the merge into the result of one watch, result.go counts results, round.go says how a round goes on and how long a run keeps
// trying, conflicts.go which conflicts a run moves, undo.go what can be put back, due.go when a schedule is due and schedule.go what
// becomes of it.
//
// Around them are the use cases: a single sync (single.go), a run from its start to its end (start.go, perform.go, prune.go), what
// starts by itself (start_due.go, logins.go), an import and the matter browser (import.go, browse.go), the mapping of case types, the
// settings, lists (list_*.go) and what followers hear (follow.go). What is kept is behind the stores in service.go and store_runs.go.
package syncer

import (
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/watch"
)

// Parts are what a Service stands on. All are required.
type Parts struct {
	Store    Store
	Runs     RunStore
	Notifier Notifier
	Clio     *clio.Service
	Watches  *watch.Service
	Clock    clockwork.Clock
}

// Service is what people and schedules do with syncs. Every method is bound to the firm that is given, or to the actor's.
type Service struct {
	store    Store
	runs     RunStore
	notifier Notifier
	clio     *clio.Service
	watches  *watch.Service
	clock    clockwork.Clock
}

// NewService returns a service on its parts.
func NewService(parts Parts) *Service {
	return &Service{
		store: parts.Store, runs: parts.Runs, notifier: parts.Notifier, clio: parts.Clio, watches: parts.Watches, clock: parts.Clock,
	}
}

func (s *Service) now() time.Time {
	return s.clock.Now().UTC().Truncate(time.Microsecond) // as PostgreSQL keeps it
}
