package watch

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

// MaxResolve is how many conflicts can be settled at once.
const MaxResolve = 100

// ConflictChoice is the side for which a person settles a conflict.
type ConflictChoice string

// The choices.
const (
	ChooseLocal ConflictChoice = "LOCAL" // the watch keeps what it holds
	ChooseClio  ConflictChoice = "CLIO"  // Clio's value is written to the watch
)

// Resolved is the result of settling conflicts.
type Resolved struct {
	// IDs are the conflicts settled, each once, in the order given.
	IDs []string
	// Watches are theirs, each once, as they are now.
	Watches []*Watch
}

// ResolveConflicts settles conflicts for one side, for the pairs of values that their ids mean; Clio isn't asked
// (docs/rules.md#conflicts). The conflicts of one watch are settled together. What can't be settled is reported along with what was, each by its
// place in ids (the first, of an id given more than once): CONFLICT for one that isn't open, or never was the firm's, ARCHIVED
// for one of an archived watch. More than 100 distinct ids are INVALID, and nothing is settled. After a fault of the server, what was
// settled is returned with the error.
func (s *Service) ResolveConflicts(ctx context.Context, actor Actor, ids []string, choice ConflictChoice) (Resolved, error) {
	batch := newResolving(ids)
	if len(batch.ids) > MaxResolve {
		return Resolved{}, apperr.At(apperr.Invalid, "At most 100 conflicts can be settled at once; none was settled.", "ids")
	}
	open, err := s.store.OpenConflicts(ctx, actor.FirmID, batch.wellFormed())
	if err != nil {
		return Resolved{}, fmt.Errorf("reading the conflicts to settle: %w", err)
	}
	var watches []*Watch
	for _, watchID := range batch.watchesOf(open) {
		w, settled, err := s.resolve(ctx, actor, batch, watchID, choice)
		if err != nil {
			return Resolved{IDs: batch.settledIDs(), Watches: watches}, fmt.Errorf("settling the conflicts of a watch: %w", err)
		}
		if settled {
			watches = append(watches, w)
		}
	}
	return Resolved{IDs: batch.settledIDs(), Watches: watches}, batch.problems().Err()
}

// resolve settles those conflicts of one watch that are still open under its lock, and reports whether there were any.
func (s *Service) resolve(
	ctx context.Context, actor Actor, batch *resolving, watchID string, choice ConflictChoice,
) (w *Watch, any bool, err error) {
	var settled []string
	rule := func(w *Watch, open []*SyncConflict) error {
		settled = nil
		if err := w.mustBeActive("ids"); err != nil {
			return err
		}
		for _, conflict := range open {
			if !batch.asks(conflict.ID) {
				continue
			}
			if err := w.settle(conflict, choice, s.now()); err != nil {
				return err
			}
			settled = append(settled, conflict.ID)
		}
		return nil
	}
	w, err = s.store.ChangeWatch(ctx, actor.FirmID, watchID, actor.origin(CauseConflict), rule)
	switch {
	case apperr.Is(err, apperr.Archived):
		batch.archived[watchID] = true
		return nil, false, nil
	case apperr.Is(err, apperr.NotFound): // deleted since its conflicts were read
		return nil, false, nil
	case err != nil:
		return nil, false, err
	}
	for _, id := range settled {
		batch.settled[id] = true
	}
	return w, len(settled) > 0, nil
}

func (w *Watch) settle(conflict *SyncConflict, choice ConflictChoice, now time.Time) error {
	if choice == ChooseClio {
		return w.SettleClio(conflict, now)
	}
	w.SettleLocal(conflict)
	return nil
}

// resolving keeps what happened to each conflict of one request.
type resolving struct {
	ids      []string          // each once, in the order given
	places   map[string]int    // where each was given first
	watchIDs map[string]string // the watches of those that were open
	settled  map[string]bool
	archived map[string]bool // by watch
}

func newResolving(ids []string) *resolving {
	r := &resolving{
		places: map[string]int{}, watchIDs: map[string]string{}, settled: map[string]bool{}, archived: map[string]bool{},
	}
	for place, id := range ids {
		if !r.asks(id) {
			r.ids, r.places[id] = append(r.ids, id), place
		}
	}
	return r
}

func (r *resolving) asks(id string) bool {
	_, asked := r.places[id]
	return asked
}

// wellFormed are the ids that there may be a conflict of.
func (r *resolving) wellFormed() []string {
	return slices.DeleteFunc(slices.Clone(r.ids), func(id string) bool { return !ident.Is(ident.SyncConflict, id) })
}

// watchesOf records which watch each open conflict belongs to, and returns the watches, each once, in the order of the ids.
func (r *resolving) watchesOf(open []*SyncConflict) []string {
	for _, conflict := range open {
		r.watchIDs[conflict.ID] = conflict.WatchID
	}
	var watchIDs []string
	for _, id := range r.ids {
		if watchID, ok := r.watchIDs[id]; ok && !slices.Contains(watchIDs, watchID) {
			watchIDs = append(watchIDs, watchID)
		}
	}
	return watchIDs
}

func (r *resolving) settledIDs() []string {
	return slices.DeleteFunc(slices.Clone(r.ids), func(id string) bool { return !r.settled[id] })
}

// problems says why each of the others wasn't settled.
func (r *resolving) problems() apperr.Errors {
	var problems apperr.Errors
	for _, id := range r.ids {
		path := []string{"ids", strconv.Itoa(r.places[id])}
		switch {
		case r.settled[id]:
		case r.archived[r.watchIDs[id]]:
			problems = append(problems, apperr.At(apperr.Archived, "The watch is archived, and archived watches are frozen.", path...))
		default:
			problems = append(problems, apperr.At(apperr.Conflict,
				"The conflict is no longer open: one of its two values changed, or somebody settled it. Nothing was changed.", path...))
		}
	}
	return problems
}
