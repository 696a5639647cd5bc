// Package clio is Clio, the firms' practice manager, as far as this product uses it: connecting a firm by OAuth, keeping
// its access, reading matters and contacts, and saying honestly what went wrong. Nothing is ever written to Clio.
package clio

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/jonboulle/clockwork"
	"golang.org/x/sync/singleflight"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio/record"
)

// Service is Clio for all firms.
type Service struct {
	config    Config
	store     Store
	keys      *Keyring
	clock     clockwork.Clock
	log       *slog.Logger
	client    *client
	oauth     *oauth
	refreshes singleflight.Group // by firm and used-up access token
}

// NewService makes the service. All requests to Clio go through the transport.
func NewService(
	config Config, store Store, keys *Keyring, clock clockwork.Clock, log *slog.Logger, transport http.RoundTripper,
) *Service {
	client := newClient(config.base(), transport, clock)
	return &Service{
		config: config, store: store, keys: keys, clock: clock, log: log,
		client: client, oauth: newOAuth(config, client),
	}
}

// Configured tells whether this server has a Clio application to connect with.
func (s *Service) Configured() bool {
	return s.config.configured()
}

// Region is the Clio region that this server is set to, one of Regions. Connections to another one are left alone.
func (s *Service) Region() string {
	return s.config.Region
}

// MatterURL is the address of the matter in Clio's own pages.
func (s *Service) MatterURL(matterID int64) string {
	return s.config.MatterURL(matterID)
}

// Integration returns how things stand between the firm and Clio, without the tokens. It asks the database, not Clio.
func (s *Service) Integration(ctx context.Context, firmID string) (*Integration, error) {
	row, err := s.current(ctx, firmID)
	if err != nil {
		return nil, err
	}
	row.AccessToken, row.RefreshToken = nil, nil
	return row, nil
}

// Connection is how the firm stands with Clio. It asks the database, not Clio.
func (s *Service) Connection(ctx context.Context, firmID string) (record.Connection, error) {
	row, err := s.current(ctx, firmID)
	if err != nil {
		return record.Connection{}, err
	}
	shown, err := json.Marshal([]any{row.State, row.ClioUserName, row.ClioFirmName, row.ConnectedAt, row.Problem, row.ProblemSince})
	if err != nil {
		return record.Connection{}, fmt.Errorf("describing a connection to Clio: %w", err)
	}
	return record.Connection{Usable: row.Usable(), NeedsReconnect: row.State == NeedsReconnect, Shown: string(shown)}, nil
}

// RequireConnection is ClioNotConfigured or ClioNotConnected unless the firm's connection can be used. It asks the database, not Clio.
func (s *Service) RequireConnection(ctx context.Context, firmID string) error {
	_, err := s.usable(ctx, firmID)
	return err
}

// current is the firm's row, with what the row can't know of: that the server has no Clio application, or one in another
// region than the connection's.
func (s *Service) current(ctx context.Context, firmID string) (*Integration, error) {
	if !s.Configured() {
		return &Integration{FirmID: firmID, State: NotConfigured}, nil
	}
	row, err := s.store.Integration(ctx, firmID)
	switch {
	case apperr.Is(err, apperr.NotFound):
		return &Integration{FirmID: firmID, State: NotConnected}, nil
	case err != nil:
		return nil, err
	case row.Usable() && (row.Region == nil || *row.Region != s.config.Region):
		row.State = NeedsReconnect
		problem := "The connection belongs to another Clio region than the one that this server is set to. " + reconnect
		row.Problem, row.ProblemSince = &problem, nil
	}
	return row, nil
}

// now is the time as the database keeps it.
func (s *Service) now() time.Time {
	return s.clock.Now().UTC().Truncate(time.Microsecond)
}
