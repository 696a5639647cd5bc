package clio

import (
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/ident"
)

// IntegrationState tells how things stand between a firm and Clio. Its values are the names in the API.
type IntegrationState string

// The states of the connection.
const (
	// NotConfigured is never stored: this server has no Clio application to connect with.
	NotConfigured IntegrationState = "NOT_CONFIGURED"
	// NotConnected is a firm that never connected, or that disconnected.
	NotConnected IntegrationState = "NOT_CONNECTED"
	// Connected is a firm whose last request was answered.
	Connected IntegrationState = "CONNECTED"
	// Unreachable is a connected firm whose Clio is failing. It ends with the next answer.
	Unreachable IntegrationState = "UNREACHABLE"
	// NeedsReconnect is a connection that Clio no longer accepts. Only an administrator can end it, by connecting again.
	NeedsReconnect IntegrationState = "NEEDS_RECONNECT"
)

// Integration is a firm's connection to Clio: the row, and the API's ClioIntegration.
type Integration struct {
	bun.BaseModel `bun:"table:clio_integrations,alias:i"`

	FirmID string `bun:",pk"`
	State  IntegrationState

	Region    *string // nil: no connection
	AccountID *int64  // nil: no connection, or Clio would not tell

	// ClioUserName and ClioFirmName are whose access it is; nil where Clio would not tell.
	ClioUserName *string
	ClioFirmName *string

	AccessToken  Sealed
	RefreshToken Sealed
	// TokenExpiresAt is up to when the access token counts as good, which is some time ahead of the expiry that Clio
	// told (refreshMargin); nil where Clio told none.
	TokenExpiresAt *time.Time
	// MaintainAt is when the connection is looked after next (nextMaintenance); nil: it needs nothing.
	MaintainAt *time.Time

	ConnectedAt *time.Time
	// Problem says in plain words why to reconnect, why connecting failed, or that Clio is failing.
	Problem      *string
	ProblemSince *time.Time
}

// ID is the integration's id in the API. It is made from the firm's, which has one.
func (i *Integration) ID() string {
	return ident.OfFirm(ident.ClioIntegration, i.FirmID)
}

// Usable tells whether Clio may be asked in the firm's name.
func (i *Integration) Usable() bool {
	return i.State == Connected || i.State == Unreachable
}

// ConnectedAnew is when the firm was connected, if before it was not connected at all; nil for a connection that was only renewed.
func (i *Integration) ConnectedAnew(before *Integration) *time.Time {
	if before.State != NotConnected || !i.Usable() {
		return nil
	}
	return i.ConnectedAt
}

// due tells whether the access token should be replaced before it is used.
func (i *Integration) due(now time.Time) bool {
	return i.TokenExpiresAt != nil && !now.Before(*i.TokenExpiresAt)
}

// note sets the problem and leaves everything else as it is.
func (i *Integration) note(problem string, now time.Time) {
	i.Problem, i.ProblemSince = &problem, &now
}

// deny notes why connecting failed. A connection that was in trouble already has been so since then.
func (i *Integration) deny(problem string, now time.Time) {
	if inTrouble := i.State == Unreachable || i.State == NeedsReconnect; inTrouble && i.ProblemSince != nil {
		now = *i.ProblemSince
	}
	i.note(problem, now)
}

// fail marks a working connection as failing. One that is failing already keeps its first problem.
func (i *Integration) fail(problem string, now time.Time) {
	if i.State == Connected {
		i.State = Unreachable
		i.note(problem, now)
		i.MaintainAt = i.nextMaintenance(now, wholeWait)
	}
}

// recover ends a failure of Clio's, and what was said of one: a connection that works has no problem.
func (i *Integration) recover(now time.Time) {
	if i.Usable() {
		i.State = Connected
		i.Problem, i.ProblemSince = nil, nil
		i.MaintainAt = i.nextMaintenance(now, wholeWait)
	}
}

// lose marks a connection that Clio no longer accepts, and forgets the tokens, which are worth nothing any more.
func (i *Integration) lose(problem string, now time.Time) {
	i.State = NeedsReconnect
	i.AccessToken, i.RefreshToken, i.TokenExpiresAt, i.MaintainAt = nil, nil, nil, nil
	i.note(problem, now)
}

// forget ends the connection: the row is as if the firm had never connected.
func (i *Integration) forget() {
	*i = Integration{FirmID: i.FirmID, State: NotConnected}
}
