// Package clio is the client of Clio, the firms' practice management software: it connects a firm by OAuth, keeps its access
// alive, reads matters and contacts, and reports what went wrong. It never writes to Clio.
package clio

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/jonboulle/clockwork"
	"golang.org/x/sync/singleflight"

	"watchkeeper/internal/apperr"
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

// Account returns the region and the Clio account that the firm is connected to; the account is nil when Clio didn't say. The
// error is ClioNotConfigured or ClioNotConnected when there is no usable connection. It asks the database, not Clio.
func (s *Service) Account(ctx context.Context, firmID string) (region string, accountID *int64, err error) {
	row, err := s.usable(ctx, firmID)
	if err != nil {
		return "", nil, err
	}
	return *row.Region, row.AccountID, nil
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
	case row.Usable() && (row.Region == nil || *row.Region != s.config.Region):
		row.State = NeedsReconnect
		problem := "The connection belongs to another Clio region than this server's (CLIO_REGION). " + reconnectAdvice
		row.Problem, row.ProblemSince = &problem, nil
	}
	return row, nil
}

// now returns the time in the precision that the database stores.
func (s *Service) now() time.Time {
	return s.clock.Now().UTC().Truncate(time.Microsecond)
}
