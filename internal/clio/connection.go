package clio

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"watchkeeper/internal/apperr"
)

// operationTimeout bounds one operation with all of its requests (docs/rules.md#clicks).
const operationTimeout = 20 * time.Second

// connection is a firm's access to Clio during one operation.
type connection struct {
	service *Service
	firmID  string
	region  string           // the Clio region
	account *int64           // nil when Clio didn't say
	state   IntegrationState // when the operation began
	token   string           // the access token
	limit   *Limit           // from the last response; nil: none yet
	// refreshErr is the error of a failed refresh ahead of expiry: the old token is used as long as Clio accepts it.
	refreshErr error
	// answered is set once Clio has answered a request.
	answered bool
	// refreshed is set once a 401 has led to a new token: the next 401 ends the connection.
	refreshed bool
}

// withConnection runs work with the connection that find returns and updates its state by the result: UNREACHABLE when Clio fails,
// CONNECTED at the next success. The row is written only when the state changes.
func (s *Service) withConnection(
	ctx context.Context, find func(context.Context) (*Integration, error), work func(context.Context, *connection) error,
) error {
	bounded, cancel := context.WithTimeout(ctx, operationTimeout)
	defer cancel()
	row, err := find(bounded)
	if err != nil {
		return err
	}
	conn, err := s.open(bounded, row)
	if err == nil {
		err = work(bounded, conn)
	}
	s.saveLimit(context.WithoutCancel(ctx), conn, err)
	switch {
	case ctx.Err() != nil: // the caller has left: this says nothing about Clio
		return fmt.Errorf("asking Clio: %w", ctx.Err())
	case err != nil && bounded.Err() != nil: // time ran out, wherever it was
		err = &noResponseError{err}
	}
	return s.recordHealth(ctx, row, err, conn != nil && conn.answered)
}

// recordHealth updates the connection's state by the error of an operation, and returns that error as users see it. That Clio refuses
// what is read (403) is shown until it answers.
func (s *Service) recordHealth(ctx context.Context, row *Integration, err error, answered bool) error {
	var update func(*Integration)
	reported := userError(err)
	if isDown(err) {
		s.log.WarnContext(ctx, "clio is failing", "firm", row.FirmID, "error", err)
	}
	switch {
	case err == nil && (row.State == Unreachable || row.Problem != nil && answered): // the problem is over
		update = func(row *Integration) { row.markConnected(s.now()) }
	case isDown(err) && row.State == Connected:
		update = func(row *Integration) { row.markUnreachable(userMessage(reported), s.now()) }
	case hasStatus(err, http.StatusForbidden) && (row.Problem == nil || *row.Problem != userMessage(reported)):
		update = func(row *Integration) { row.setRefused(userMessage(reported), s.now()) }
	default:
		return reported
	}
	if _, changeErr := s.store.Change(ctx, row.FirmID, func(row *Integration) error { update(row); return nil }); changeErr != nil {
		s.log.ErrorContext(ctx, "saving the state of a clio connection failed", "firm", row.FirmID, "error", changeErr)
	}
	return reported
}

// usable returns the firm's row if its connection can be used, else ClioNotConfigured or ClioNotConnected.
func (s *Service) usable(ctx context.Context, firmID string) (*Integration, error) {
	row, err := s.current(ctx, firmID)
	if err != nil {
		return nil, err
	}
	return requireUsable(row)
}

// finding returns the function that finds a firm's connection for withConnection.
func (s *Service) finding(firmID string) func(context.Context) (*Integration, error) {
	return func(ctx context.Context) (*Integration, error) { return s.usable(ctx, firmID) }
}

// requireUsable returns the row if its connection can be used, else ClioNotConfigured or ClioNotConnected.
func requireUsable(row *Integration) (*Integration, error) {
	switch {
	case row.State == NotConfigured:
		return nil, notConfigured()
	case !row.Usable():
		return nil, notConnected(row)
	}
	return row, nil
}

// open prepares a connection. A token that is about to expire is refreshed first; if Clio fails at that, the old token is used
// as long as it is valid.
func (s *Service) open(ctx context.Context, row *Integration) (*connection, error) {
	access, err := s.unseal(row.FirmID, accessColumn, row.AccessToken)
	if err != nil {
		return nil, err
	}
	conn := &connection{
		service: s, firmID: row.FirmID, region: *row.Region, account: row.AccountID, state: row.State, token: access,
	}
	if !row.tokenDue(s.now()) {
		return conn, nil
	}
	fresh, err := s.refresh(ctx, row.FirmID, access)
	switch {
	case err == nil:
		conn.token = fresh
	case isDown(err) || hasStatus(err, http.StatusTooManyRequests):
		conn.refreshErr = err
	default:
		return nil, err
	}
	return conn, nil
}

// onHeaders keeps the rate limit that a response reports.
func (c *connection) onHeaders(header http.Header) {
	if limit := parseLimit(header, c.service.now()); limit != nil {
		c.limit = limit
	}
}

// get decodes a resource. After a first 401 the token is refreshed and the request repeated once; a second 401 ends the
// connection.
func (c *connection) get(ctx context.Context, resource string, query url.Values, into any) error {
	for {
		err := tokenClient{c.service.client, c.token, c.onHeaders}.get(ctx, resource, query, into)
		switch {
		case !hasStatus(err, http.StatusUnauthorized):
			c.answered = c.answered || err == nil
			return err
		case c.refreshErr != nil:
			return c.refreshErr
		case c.refreshed:
			return c.service.rejectToken(ctx, c.firmID, c.token)
		}
		if c.token, err = c.service.refresh(ctx, c.firmID, c.token); err != nil {
			return err
		}
		c.refreshed = true
	}
}

// rejectToken marks the connection as NEEDS_RECONNECT, unless the rejected token has been replaced meanwhile.
func (s *Service) rejectToken(ctx context.Context, firmID, rejected string) error {
	row, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		access, err := s.unseal(firmID, accessColumn, row.AccessToken)
		if err == nil && access == rejected && row.Usable() {
			row.requireReconnect("Clio no longer accepts this connection. "+reconnectAdvice, s.now())
		}
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("ending a connection that Clio rejects: %w", err)
	case row.Usable():
		return unavailable("The connection to Clio was renewed at the same time. Try again.", nil)
	}
	return notConnected(row)
}

// reconnectAdvice ends the message when a connection can no longer be used.
const reconnectAdvice = "An administrator has to connect Clio again."

func notConfigured() error {
	return apperr.New(apperr.ClioNotConfigured,
		"Clio is not set up on this server. Set CLIO_CLIENT_ID and CLIO_CLIENT_SECRET.")
}

// notConnected returns the error that says why the firm's connection can't be used.
func notConnected(row *Integration) error {
	if row.State == NeedsReconnect && row.Problem != nil {
		return apperr.New(apperr.ClioNotConnected, *row.Problem)
	}
	return apperr.New(apperr.ClioNotConnected, "The firm is not connected to Clio. An administrator can connect it.")
}

// userMessage returns the part of an error that a person may read.
func userMessage(err error) string {
	if problems := apperr.From(err); len(problems) > 0 {
		return problems[0].Message
	}
	return "Something went wrong on this server. The server's log has the details."
}
