package syncer

import (
	"context"
	"fmt"

	"watchkeeper/internal/ident"
)

// ID is the status's id in the API.
func (s *SyncStatus) ID() string {
	return ident.OfFirm(ident.SyncStatus, s.FirmID)
}

// Status returns how the firm's watches stand with Clio. Clio is asked nothing.
func (s *Service) Status(ctx context.Context, firmID string) (*SyncStatus, error) {
	status, err := s.runs.Status(ctx, firmID)
	if err != nil {
		return nil, fmt.Errorf("reading the sync status: %w", err)
	}
	settings, err := s.Settings(ctx, firmID)
	if err != nil {
		return nil, err
	}
	status.NextSyncAt = settings.NextSyncAt
	return status, nil
}
