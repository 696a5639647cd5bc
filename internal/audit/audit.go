// Package audit keeps what people did that others may ask about later: who, when, from which API token, and to what. Events are written in
// the transaction of what they are about, are never changed, and have no secrets.
package audit

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/page"
)

// AuditEvent is something that somebody did: the database row and the API's AuditEvent.
type AuditEvent struct {
	bun.BaseModel `bun:"table:audit_events,alias:e"`

	ID string `bun:",pk"`
	// Place orders the events: a later one has a higher place.
	Place  int64 `bun:",autoincrement"`
	FirmID string
	At     time.Time
	// ByID is the user who did it; nil when nobody was signed in.
	ByID *string
	// TokenName is the name of the API token with which it was done; nil when there was none.
	TokenName *string
	Action    Action
	// SubjectID is the id of what it was done to, which may be gone; nil when there is none.
	SubjectID *string
	Summary   string
}

// AuditEventConnection is a page of events: the API's AuditEventConnection.
type AuditEventConnection = page.Connection[*AuditEvent]

// AuditEventEdge is an event and its place in the list: the API's AuditEventEdge.
type AuditEventEdge = page.Edge[*AuditEvent]

// Store reads events. It is limited to the given firm.
type Store interface {
	// AuditEvents returns the firm's events, newest first: as page.NewConnection expects them. The cursor's key is
	// the place.
	AuditEvents(ctx context.Context, firmID string, request page.Request) ([]*AuditEvent, error)
	// AuditEventsByID returns the firm's events with these ids. Other ids are left out.
	AuditEventsByID(ctx context.Context, firmID string, ids []string) ([]*AuditEvent, error)
}

// Service reads what was recorded.
type Service struct {
	store Store
}

// NewService returns a service.
func NewService(store Store) *Service {
	return &Service{store: store}
}

// Events returns a page of the firm's events, newest first. Arguments that page.Scope refuses are BAD_USER_INPUT.
func (s *Service) Events(ctx context.Context, firmID string, args page.Args) (*AuditEventConnection, error) {
	scope, err := page.NewScope("audit", firmID)
	if err != nil {
		return nil, err
	}
	request, err := scope.Request(args, 1)
	if err != nil {
		return nil, err
	}
	if err := request.CheckNumber(); err != nil {
		return nil, err
	}
	events, err := s.store.AuditEvents(ctx, firmID, request)
	if err != nil {
		return nil, fmt.Errorf("listing audit events: %w", err)
	}
	list := page.NewConnection(events, request, func(e *AuditEvent) string { return scope.Cursor(strconv.FormatInt(e.Place, 10)) })
	return &list, nil
}

// EventsByID returns the firm's events with these ids, by id, in at most one statement. Other ids are left out.
func (s *Service) EventsByID(ctx context.Context, firmID string, ids []string) (map[string]*AuditEvent, error) {
	events, err := s.store.AuditEventsByID(ctx, firmID, ids)
	if err != nil {
		return nil, fmt.Errorf("finding audit events: %w", err)
	}
	byID := make(map[string]*AuditEvent, len(events))
	for _, event := range events {
		byID[event.ID] = event
	}
	return byID, nil
}
