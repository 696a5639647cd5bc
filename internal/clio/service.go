// Package clio is the client of Clio, the firms' practice management software: it connects a firm by OAuth, keeps its access
// alive, reads matters and contacts, and reports what went wrong. It never writes to Clio.
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

// Service connects all firms to Clio.
type Service struct {
	config    Config
	store     Store
	keys      *Keyring
	clock     clockwork.Clock
	log       *slog.Logger
	client    *client
	oauth     *oauth
	refreshes singleflight.Group // keyed by firm and rejected access token
}

// NewService returns a service that sends all requests to Clio through the transport.
func NewService(
	config Config, store Store, keys *Keyring, clock clockwork.Clock, log *slog.Logger, transport http.RoundTripper,
) *Service {
	client := newClient(config.baseURL(), transport, clock)
	return &Service{
		config: config, store: store, keys: keys, clock: clock, log: log,
		client: client, oauth: newOAuth(config, client),
	}
}

// Configured reports whether this server has a Clio application to connect with.
func (s *Service) Configured() bool {
	return s.config.configured()
}

// Region returns the Clio region of this server, one of Regions. Connections to other regions are not used.
func (s *Service) Region() string {
	return s.config.Region
}

// MatterURL returns the address of the matter in Clio's web application.
func (s *Service) MatterURL(matterID int64) string {
	return s.config.MatterURL(matterID)
}

// Integration returns the state of the firm's connection, without the tokens. It asks the database, not Clio.
func (s *Service) Integration(ctx context.Context, firmID string) (*Integration, error) {
	row, err := s.current(ctx, firmID)
	if err != nil {
		return nil, err
	}
	row.AccessToken, row.RefreshToken = nil, nil
	return row, nil
}

// Connection returns what a sync needs to know of the firm's connection. It asks the database, not Clio.
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

// IsDown reports whether an error of Read, Browse or PracticeAreas means that Clio itself is failing: no response, an invalid one, or
// a 5xx. It passes by itself.
func (*Service) IsDown(err error) bool {
	return isDown(err)
}

// current returns the firm's row, with a state that also reflects this server's settings: it may have no Clio application, or
// one in another region than the connection.
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
	}
	return s.inRegion(row), nil
}

// inRegion gives the row the state that it has for a server of this region.
func (s *Service) inRegion(row *Integration) *Integration {
	if row.Usable() && (row.Region == nil || *row.Region != s.config.Region) {
		row.State = NeedsReconnect
		problem := "The connection belongs to another Clio region than this server's (CLIO_REGION). " + reconnectAdvice
		row.Problem, row.ProblemSince = &problem, nil
	}
	return row
}

// now returns the time in the precision that the database stores.
func (s *Service) now() time.Time {
	return s.clock.Now().UTC().Truncate(time.Microsecond)
}
