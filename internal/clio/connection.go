package clio

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"watchkeeper/internal/apperr"
)

// operationTimeout is how long one operation may take, all of its requests together (docs/rules.md#clicks).
const operationTimeout = 20 * time.Second

// connection is a firm's access to Clio for the time of one operation.
type connection struct {
	service *Service
	firmID  string
	region  string           // whose Clio it is
	account *int64           // nil where Clio would not tell
	state   IntegrationState // how it stood when the operation began
	access  string           // the access token
	limit   *Limit           // what the last answer said of the limit; nil: nothing yet
	// stale is why a refresh ahead of expiry failed, if it did: the old token is used, as long as Clio takes it.
	stale error
	// renewed tells that a 401 has led to a new token: the next 401 ends the connection.
	renewed bool
}

// withConnection does some work in Clio and keeps the connection's state by how it went: Clio failing makes it UNREACHABLE, and
// the next success CONNECTED. The row is written at these changes only.
func (s *Service) withConnection(ctx context.Context, firmID string, work func(context.Context, *connection) error) error {
	bounded, cancel := context.WithTimeout(ctx, operationTimeout)
	defer cancel()
	row, err := s.usable(bounded, firmID)
	if err != nil {
		return err
	}
	conn, err := s.open(bounded, row)
	if err == nil {
		err = work(bounded, conn)
	}
	s.noteLimit(context.WithoutCancel(ctx), conn, err)
	switch {
	case ctx.Err() != nil: // the caller has gone: this says nothing of Clio
		return fmt.Errorf("asking Clio: %w", ctx.Err())
	case err != nil && bounded.Err() != nil: // wherever it was that time ran out
		err = &noAnswerError{err}
	}
	return s.recordHealth(ctx, row, err)
}

// recordHealth writes down what an operation has shown of Clio, and words its error.
func (s *Service) recordHealth(ctx context.Context, row *Integration, err error) error {
	var rule func(*Integration)
	explained := explain(err)
	if isFailing(err) {
		s.log.WarnContext(ctx, "Clio is failing", "firm", row.FirmID, "error", err)
	}
	switch {
	case err == nil && (row.State == Unreachable || row.Problem != nil): // what was wrong isn't any more
		rule = func(row *Integration) { row.recover(s.now()) }
	case isFailing(err) && row.State == Connected:
		rule = func(row *Integration) { row.fail(messageOf(explained), s.now()) }
	default:
		return explained
	}
	if _, failed := s.store.Change(ctx, row.FirmID, func(row *Integration) error { rule(row); return nil }); failed != nil {
		s.log.ErrorContext(ctx, "Clio: writing the connection's state", "firm", row.FirmID, "error", failed)
	}
	return explained
}

// usable returns the firm's row when Clio may be asked: else ClioNotConfigured or ClioNotConnected.
func (s *Service) usable(ctx context.Context, firmID string) (*Integration, error) {
	row, err := s.current(ctx, firmID)
	switch {
	case err != nil:
		return nil, err
	case row.State == NotConfigured:
		return nil, notConfigured()
	case !row.Usable():
		return nil, notConnected(row)
	}
	return row, nil
}

// open makes the connection ready. A token that is about to expire is replaced first; where Clio fails at that, it is
// used as long as it lasts.
func (s *Service) open(ctx context.Context, row *Integration) (*connection, error) {
	access, err := s.unseal(row.FirmID, accessColumn, row.AccessToken)
	if err != nil {
		return nil, err
	}
	conn := &connection{
		service: s, firmID: row.FirmID, region: *row.Region, account: row.AccountID, state: row.State, access: access,
	}
	if !row.due(s.now()) {
		return conn, nil
	}
	fresh, err := s.refresh(ctx, row.FirmID, access)
	switch {
	case err == nil:
		conn.access = fresh
	case isFailing(err) || hasStatus(err, http.StatusTooManyRequests):
		conn.stale = err
	default:
		return nil, err
	}
	return conn, nil
}

// onHeaders remembers what an answer says of the limit.
func (c *connection) onHeaders(header http.Header) {
	if limit := limitIn(header, c.service.now()); limit != nil {
		c.limit = limit
	}
}

// get reads a resource. A first 401 is met with a new token and one more try; the second ends the connection.
func (c *connection) get(ctx context.Context, resource string, query url.Values, into any) error {
	for {
		err := bearer{c.service.client, c.access, c.onHeaders}.get(ctx, resource, query, into)
		switch {
		case !hasStatus(err, http.StatusUnauthorized):
			return err
		case c.stale != nil:
			return c.stale
		case c.renewed:
			return c.service.lose(ctx, c.firmID, c.access)
		}
		if c.access, err = c.service.refresh(ctx, c.firmID, c.access); err != nil {
			return err
		}
		c.renewed = true
	}
}

// lose marks the connection as one that Clio no longer accepts, unless another token has taken the place of the refused
// one meanwhile.
func (s *Service) lose(ctx context.Context, firmID, refused string) error {
	row, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		access, err := s.unseal(firmID, accessColumn, row.AccessToken)
		if err == nil && access == refused && row.Usable() {
			row.lose("Clio no longer accepts this connection. "+reconnect, s.now())
		}
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("ending a connection that Clio refuses: %w", err)
	case row.Usable():
		return unavailable("The connection to Clio was renewed meanwhile: try again.", nil)
	}
	return notConnected(row)
}

// reconnect is the advice where a connection has ended.
const reconnect = "An administrator has to connect Clio again."

func notConfigured() error {
	return apperr.New(apperr.ClioNotConfigured,
		"Clio is not set up on this server: CLIO_CLIENT_ID and CLIO_CLIENT_SECRET are missing.")
}

// notConnected says why the firm's connection can't be used.
func notConnected(row *Integration) error {
	if row.State == NeedsReconnect && row.Problem != nil {
		return apperr.New(apperr.ClioNotConnected, *row.Problem)
	}
	return apperr.New(apperr.ClioNotConnected, "The firm is not connected to Clio. An administrator can connect it.")
}

// messageOf is the part of an error that people may read.
func messageOf(err error) string {
	if problems := apperr.From(err); len(problems) > 0 {
		return problems[0].Message
	}
	return "Something went wrong in this server. Its log has the details."
}
