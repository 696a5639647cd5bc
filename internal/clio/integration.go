package clio

import (
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/ident"
)

// IntegrationState is the state of a firm's connection to Clio. Its values are the names in the API.
type IntegrationState string

// The states of the connection.
const (
	// NotConfigured means that this server has no Clio application to connect with. It is never stored.
	NotConfigured IntegrationState = "NOT_CONFIGURED"
	// NotConnected means that the firm never connected, or disconnected.
	NotConnected IntegrationState = "NOT_CONNECTED"
	// Connected means that the firm's last request succeeded.
	Connected IntegrationState = "CONNECTED"
	// Unreachable means that the firm is connected but Clio is failing. It ends with the next success.
	Unreachable IntegrationState = "UNREACHABLE"
	// NeedsReconnect means that Clio no longer accepts the connection. It ends when an administrator connects again.
	NeedsReconnect IntegrationState = "NEEDS_RECONNECT"
)

// Integration is a firm's connection to Clio: the database row and the API's ClioIntegration.
type Integration struct {
	bun.BaseModel `bun:"table:clio_integrations,alias:i"`

	FirmID string `bun:",pk"`
	State  IntegrationState

	Region    *string // nil: no connection
	AccountID *int64  // nil: no connection, or Clio didn't say

	// ClioUserName and ClioFirmName are the user who granted access and their firm; nil when Clio didn't say.
	ClioUserName *string
	ClioFirmName *string

	AccessToken  Sealed
	RefreshToken Sealed
	// TokenExpiresAt is when the access token is to be refreshed: some time before the expiry that Clio reported
	// (refreshMargin); nil when Clio reported none.
	TokenExpiresAt *time.Time
	// RefreshingUntil is until when a replica is renewing the access token; nil: none is.
	RefreshingUntil *time.Time
	// MaintainAt is when the connection is due for maintenance (nextMaintenance); nil: never.
	MaintainAt *time.Time

	ConnectedAt *time.Time
	// Problem says in plain words why the firm has to reconnect, why connecting failed, or that Clio is failing.
	Problem      *string
	ProblemSince *time.Time
}

// ID returns the integration's id in the API, derived from the firm's id: a firm has one integration.
func (i *Integration) ID() string {
	return ident.OfFirm(ident.ClioIntegration, i.FirmID)
}

// Usable reports whether requests can be sent to Clio for the firm.
func (i *Integration) Usable() bool {
	return i.State == Connected || i.State == Unreachable
}

// ConnectedAnew returns when the firm was connected, if before it was not connected at all; nil for a connection that was only renewed.
func (i *Integration) ConnectedAnew(before *Integration) *time.Time {
	if before.State != NotConnected || !i.Usable() {
		return nil
	}
	return i.ConnectedAt
}

// tokenDue reports whether the access token should be refreshed before it is used.
func (i *Integration) tokenDue(now time.Time) bool {
	return i.TokenExpiresAt != nil && !now.Before(*i.TokenExpiresAt)
}

// setProblem sets the problem and since when it exists.
func (i *Integration) setProblem(problem string, now time.Time) {
	i.Problem, i.ProblemSince = &problem, &now
}

// recordConnectFailure records why connecting failed. A connection that already had a problem keeps the time it began.
func (i *Integration) recordConnectFailure(problem string, now time.Time) {
	if unhealthy := i.State == Unreachable || i.State == NeedsReconnect; unhealthy && i.ProblemSince != nil {
		now = *i.ProblemSince
	}
	i.setProblem(problem, now)
}

// markUnreachable marks a working connection as UNREACHABLE. One that already is keeps its first problem.
func (i *Integration) markUnreachable(problem string, now time.Time) {
	if i.State == Connected {
		i.State = Unreachable
		i.setProblem(problem, now)
		i.MaintainAt = i.nextMaintenance(now, fullWait)
	}
}

// setRefused records that Clio refuses what a working connection reads.
func (i *Integration) setRefused(problem string, now time.Time) {
	if i.Usable() {
		i.setProblem(problem, now)
	}
}

// markConnected marks a usable connection as CONNECTED and clears its problem.
func (i *Integration) markConnected(now time.Time) {
	if i.Usable() {
		i.State = Connected
		i.Problem, i.ProblemSince = nil, nil
		i.MaintainAt = i.nextMaintenance(now, fullWait)
	}
}

// requireReconnect marks the connection as NEEDS_RECONNECT and deletes its tokens, which are no longer valid.
func (i *Integration) requireReconnect(problem string, now time.Time) {
	i.State = NeedsReconnect
	i.AccessToken, i.RefreshToken, i.TokenExpiresAt, i.RefreshingUntil, i.MaintainAt = nil, nil, nil, nil, nil
	i.setProblem(problem, now)
}

// disconnect resets the row to that of a firm that never connected.
func (i *Integration) disconnect() {
	*i = Integration{FirmID: i.FirmID, State: NotConnected}
}
