package syncer

import (
	"context"
	"fmt"
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
	// OldestSyncedAt is when the linked watch that was synced longest ago was; nil if one never was, or none is linked.
	OldestSyncedAt *time.Time
	CurrentRun     *SyncRun
	LastRun        *SyncRun
	NextSyncAt     *time.Time
	// Shared is of everybody who follows the status; nil if nobody does.
	Shared *Shared
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
	return status, nil
}
