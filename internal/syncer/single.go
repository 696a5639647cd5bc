package syncer

import (
	"context"
	"fmt"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/watch"
)

// SyncWatch refreshes one watch from Clio, or with dry tells what would change. A matter that is gone is a result.
// NOT_FOUND, ARCHIVED, NOT_LINKED, CLIO_NOT_CONFIGURED, CLIO_NOT_CONNECTED, CLIO_UNAVAILABLE and CLIO_RATE_LIMITED change
// nothing; the watch as it is comes back beside them, where there is one.
func (s *Service) SyncWatch(ctx context.Context, firmID, id string, dry bool) (*watch.Watch, *WatchSyncResult, error) {
	w, err := s.watches.Get(ctx, firmID, id)
	if err != nil {
		return nil, nil, err
	}
	if err := syncable(w); err != nil {
		return w, nil, err
	}
	matterID := w.ClioLink.MatterID
	snapshot, err := s.clio.Read(ctx, firmID, []int64{matterID})
	if err != nil {
		return w, nil, fmt.Errorf("reading a matter: %w", err)
	}
	var result WatchSyncResult
	err = s.store.Compare(ctx, firmID, []string{id}, dry, func(rules Rules, watches map[string]*watch.Watch) error {
		result, err = Compare(watches[id], matterID, snapshot, rules, s.now())
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("syncing a watch: %w", err)
	}
	if !dry {
		return result.Watch, &result, nil
	}
	// What the dry comparison changed was in memory alone: the watch as it is has to be read.
	result.Watch, err = s.watches.Get(ctx, firmID, id)
	return result.Watch, &result, err
}

func syncable(w *watch.Watch) error {
	switch {
	case w == nil:
		return apperr.At(apperr.NotFound, "There is no such watch.", "id")
	case w.Status == watch.StatusArchived:
		return apperr.At(apperr.Archived, "The watch is archived, and archived watches are frozen.", "id")
	case w.ClioLink == nil:
		return apperr.At(apperr.NotLinked, "The watch is not linked to Clio.", "id")
	default:
		return nil
	}
}
