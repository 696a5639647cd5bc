// Package syncer keeps watches current from Clio, by the rules of docs/rules.md. What Clio's answer means for a watch is internal/merge's;
// here is what is around it.
//
// Pure rules: a run and its statuses (run.go), which round it belongs to and what follows it (round.go), the result of one watch
// (compare.go, result.go), which conflicts a run moves (conflicts.go), what can be undone (undo.go), when a schedule is due (due.go) and
// what happens to it (schedule.go, settings.go).
//
// Use cases: syncing one watch (sync_watch.go), a run from its start to its end (start.go, execute.go, prune.go), what starts
// automatically (start_due.go, logins.go), an import (import.go), Clio's matters (matter.go), the mapping of case types (mapping.go), lists
// with their filters (list_*.go), the status (status.go) and following changes (follow.go, feed.go).
//
// Interfaces to the rest of the program: stores.go, clio.go and observer.go.
package syncer

import (
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/watch"
)

// Parts are what a Service needs. All are required.
type Parts struct {
	Store    Store
	Runs     RunStore
	Notifier Notifier
	Clio     Clio
	Watches  *watch.Service
	Clock    clockwork.Clock
	Observer Observer
}

// Service starts syncs and answers questions about them. Every method is bound to the firm that is given, or to the actor's.
type Service struct {
	store    Store
	runs     RunStore
	notifier Notifier
	clio     Clio
	watches  *watch.Service
	clock    clockwork.Clock
	observer Observer

	runFeeds    feeds[SyncRun]
	statusFeeds feeds[SyncStatus]
}

// NewService returns a service made of its parts.
func NewService(parts Parts) *Service {
	s := &Service{
		store: parts.Store, runs: parts.Runs, notifier: parts.Notifier, clio: parts.Clio, watches: parts.Watches, clock: parts.Clock,
		observer: parts.Observer,
	}
	s.runFeeds.service, s.statusFeeds.service = s, s
	return s
}

func (s *Service) now() time.Time {
	return s.clock.Now().UTC().Truncate(time.Microsecond) // as PostgreSQL keeps it
}
