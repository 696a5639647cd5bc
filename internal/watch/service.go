package watch

import (
	"context"
	"fmt"
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/page"
)

// Store keeps watches. Everything is limited to the given firm. What is read to be shown has neither EditedAt, nor Folded but for the keys
// of its order, nor the link's Settled; and of its link what is Shown only.
type Store interface {
	// Watch is NOT_FOUND if the firm has no such watch.
	Watch(ctx context.Context, firmID, id string, shown Shown) (*Watch, error)
	// WatchesByID finds those of the firm's watches that there are, by id.
	WatchesByID(ctx context.Context, firmID string, ids []string, shown Shown) (map[string]*Watch, error)
	// Watches returns one watch more than the request asks for, where there are more; from the list's end for a page that is read backward.
	Watches(
		ctx context.Context, firmID string, filter WatchFilter, order WatchOrder, request page.Request, shown Shown,
	) ([]*Watch, error)
	CountWatches(ctx context.Context, firmID string, filter WatchFilter) (int, error)
	// Facets returns at most limit values of each kind.
	Facets(ctx context.Context, firmID string, limit int) (*WatchFacets, error)
	// CreateWatch writes a new watch with its link, where it has one, and the beginning of its history.
	CreateWatch(ctx context.Context, w *Watch, origin Origin) error
	// ChangeWatch calls the rule with the locked watch, its link and its open conflicts, and writes what the rule changed:
	// the watch, the link (one that the rule removed is deleted), the history, and what is left of the conflicts
	// (ConflictsAfterEdit). Nothing is written if the rule fails. NOT_FOUND, without calling the rule, if the firm has no
	// such watch.
	ChangeWatch(ctx context.Context, firmID, id string, origin Origin, rule ChangeRule) (*Watch, error)
	// DeleteWatch is NOT_FOUND if the firm has no such watch.
	DeleteWatch(ctx context.Context, firmID, id string) error

	HistoryStore
	EditStore
	ConflictStore
}

// ChangeRule changes a locked watch and its link, knowing its open conflicts; a watch without a link has none. The watch's maps
// and slices are replaced, never changed. It may be called again, with everything read again.
type ChangeRule func(w *Watch, open []*SyncConflict) error

// Service is what people do with watches. Every method is bound to the firm that is given, or to the actor's.
type Service struct {
	store Store
	clock clockwork.Clock
}

// NewService returns a service on the store.
func NewService(store Store, clock clockwork.Clock) *Service {
	return &Service{store: store, clock: clock}
}

// Get returns the watch; NOT_FOUND if the firm has none with this id.
func (s *Service) Get(ctx context.Context, firmID, id string, shown Shown) (*Watch, error) {
	if !ident.Is(ident.Watch, id) {
		return nil, notFound("id")
	}
	w, err := s.store.Watch(ctx, firmID, id, shown)
	if err != nil {
		return nil, fmt.Errorf("reading a watch: %w", err)
	}
	return w, nil
}

// WatchesByID returns those of the firm's watches that there are, by id.
func (s *Service) WatchesByID(ctx context.Context, firmID string, ids []string, shown Shown) (map[string]*Watch, error) {
	watches, err := s.store.WatchesByID(ctx, firmID, ids, shown)
	if err != nil {
		return nil, fmt.Errorf("reading watches by their ids: %w", err)
	}
	return watches, nil
}

// New returns a watch with the defaults, which holds nothing yet.
func New(firmID string, now time.Time) *Watch {
	return &Watch{
		ID: ident.New(ident.Watch), FirmID: firmID, Tags: []string{}, PriorityLevel: Normal, Status: Active,
		EditedAt: map[SyncedField]time.Time{}, Revision: 1, CreatedAt: now, UpdatedAt: now,
	}
}

// Create makes a watch that isn't linked to Clio. Bad values are INVALID, all at once.
func (s *Service) Create(ctx context.Context, actor Actor, in CreateWatchInput) (*Watch, error) {
	now := s.now()
	w := New(actor.FirmID, now)
	if err := w.edit(in.edit(), now); err != nil {
		return nil, err
	}
	w.Revision = 1
	if err := s.store.CreateWatch(ctx, w, actor.origin(CauseCreate)); err != nil {
		return nil, fmt.Errorf("creating a watch: %w", err)
	}
	return w, nil
}

// Update edits a watch. Bad values are INVALID, all at once; a version that isn't the watch's is CONFLICT; NOT_FOUND,
// ARCHIVED. Nothing is changed where it fails; the watch as it is is returned together with an error, if it exists.
func (s *Service) Update(ctx context.Context, actor Actor, id string, in UpdateWatchInput, ifVersion *string) (*Watch, error) {
	return s.change(ctx, actor, id, "id", func(w *Watch) error {
		if err := w.mustBeActive("id"); err != nil {
			return err
		}
		if ifVersion != nil && *ifVersion != w.Version() {
			return apperr.At(apperr.Conflict, "Somebody else changed the watch first; nothing was changed.", "ifVersion")
		}
		return w.edit(in, s.now())
	})
}

// Archive archives a watch and closes its conflicts; no error when it is archived already. NOT_FOUND.
func (s *Service) Archive(ctx context.Context, actor Actor, id string) (*Watch, error) {
	return s.setStatus(ctx, actor, id, StatusArchived)
}

// Unarchive makes a watch active again; no error when it is active already. NOT_FOUND.
func (s *Service) Unarchive(ctx context.Context, actor Actor, id string) (*Watch, error) {
	return s.setStatus(ctx, actor, id, Active)
}

func (s *Service) setStatus(ctx context.Context, actor Actor, id string, status WatchStatus) (*Watch, error) {
	return s.change(ctx, actor, id, "id", func(w *Watch) error {
		if w.Status != status {
			w.Status = status
			w.Touch(s.now())
		}
		return nil
	})
}

// Delete deletes a watch with its link, history and conflicts for good. NOT_FOUND.
func (s *Service) Delete(ctx context.Context, actor Actor, id string) error {
	if !ident.Is(ident.Watch, id) {
		return notFound("id")
	}
	err := s.store.DeleteWatch(ctx, actor.FirmID, id)
	switch {
	case apperr.Is(err, apperr.NotFound):
		return notFound("id")
	case err != nil:
		return fmt.Errorf("deleting a watch: %w", err)
	}
	return nil
}

// change lets the rule change one watch for a person. It returns the watch as it is, also with an error, if it exists.
func (s *Service) change(ctx context.Context, actor Actor, id, argument string, rule func(*Watch) error) (*Watch, error) {
	if !ident.Is(ident.Watch, id) {
		return nil, notFound(argument)
	}
	w, err := s.store.ChangeWatch(ctx, actor.FirmID, id, actor.origin(CauseEdit), func(w *Watch, _ []*SyncConflict) error {
		return rule(w)
	})
	switch {
	case err == nil:
		return w, nil
	case apperr.Is(err, apperr.NotFound):
		return nil, notFound(argument)
	case apperr.From(err) == nil:
		return nil, fmt.Errorf("changing a watch: %w", err)
	}
	current, readErr := s.Get(ctx, actor.FirmID, id, ShowAll)
	if readErr != nil && !apperr.Is(readErr, apperr.NotFound) { // it may have been deleted since
		return nil, readErr
	}
	return current, err
}

func (s *Service) now() time.Time {
	return s.clock.Now().UTC().Truncate(time.Microsecond) // as PostgreSQL keeps it
}

func (w *Watch) mustBeActive(argument string) error {
	if w.Status == StatusArchived {
		return apperr.At(apperr.Archived, "The watch is archived, and archived watches are frozen.", argument)
	}
	return nil
}

func notFound(argument string) error {
	return apperr.At(apperr.NotFound, "There is no such watch.", argument)
}
