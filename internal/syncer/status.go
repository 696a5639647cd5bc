package syncer

import (
	"context"
	"fmt"
	"sync"
	"time"

	"watchkeeper/internal/ident"
)

// SyncStatus is how current a firm's watches are: the API's SyncStatus. Linked watches are active ones with a link; runs are
// writing ones over more than one watch.
type SyncStatus struct {
	FirmID               string
	LinkedWatches        int
	MissingWatches       int
	ClientChangedWatches int
	OpenConflicts        int
	WatchesWithConflicts int
	CurrentRun           *SyncRun
	LastRun              *SyncRun
	NextSyncAt           *time.Time

	oldest *oldestSync
}

// ID is the status's id in the API.
func (s *SyncStatus) ID() string {
	return ident.OfFirm(ident.SyncStatus, s.FirmID)
}

// Status returns how current the firm's watches are. It asks the database, not Clio.
func (s *Service) Status(ctx context.Context, firmID string) (*SyncStatus, error) {
	status, settings, err := s.runs.Status(ctx, firmID)
	if err != nil {
		return nil, fmt.Errorf("reading the sync status: %w", err)
	}
	if settings, err = s.shownSettings(ctx, settings); err != nil {
		return nil, err
	}
	status.NextSyncAt = settings.NextSyncAt
	status.oldest = &oldestSync{runs: s.runs}
	return status, nil
}

// OldestSyncedAt returns when the linked watch that was synced longest ago was; nil if one never was, or none is linked. It is read for those who ask, and
// once for all who share the status.
func (s *SyncStatus) OldestSyncedAt(ctx context.Context) (*time.Time, error) {
	return s.oldest.at(ctx, s.FirmID)
}

// oldestSync reads when the oldest sync was, and remembers it.
type oldestSync struct {
	runs RunStore

	mu     sync.Mutex
	isRead bool
	found  *time.Time
}

func (o *oldestSync) at(ctx context.Context, firmID string) (*time.Time, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.isRead {
		return o.found, nil
	}
	found, err := o.runs.OldestSyncedAt(ctx, firmID)
	if err != nil {
		return nil, err
	}
	o.found, o.isRead = found, true
	return found, nil
}
