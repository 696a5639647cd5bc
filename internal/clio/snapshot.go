package clio

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"watchkeeper/internal/clio/record"
)

// MaxRead is the maximum number of matters in one Read.
const MaxRead = 100

// The fields that Read asks for. Clio refuses the whole request when one of them is unknown or when braces are nested (Clio's
// documentation: fields), so addresses need a request of their own.
const (
	matterFields = "id,display_number,description,status,open_date," +
		"client{id,type,name,first_name,last_name,date_of_birth}," +
		"responsible_attorney{id,name},practice_area{id,name,category}"
	contactFields = "id,primary_address{id,city,province,country,primary},addresses{id,city,province,country,primary}"
)

// Read asks Clio for up to MaxRead matters and for the addresses of their clients who are persons, in two requests. If Clio
// refuses the contacts with 403, the snapshot says so; any other failure is an error. The errors are apperr's
// ClioNotConfigured, ClioNotConnected, ClioUnavailable and ClioRateLimited.
func (s *Service) Read(ctx context.Context, firmID string, matterIDs []int64) (*record.Snapshot, error) {
	return s.readBy(ctx, s.finding(firmID), matterIDs)
}

// readBy is Read by the connection that find returns.
func (s *Service) readBy(
	ctx context.Context, find func(context.Context) (*Integration, error), matterIDs []int64,
) (*record.Snapshot, error) {
	if len(matterIDs) > MaxRead {
		return nil, fmt.Errorf("reading %d matters at once: the limit is %d", len(matterIDs), MaxRead)
	}
	var snapshot *record.Snapshot
	err := s.withConnection(ctx, find, func(ctx context.Context, c *connection) error {
		snapshot = &record.Snapshot{
			Region: c.region, AccountID: c.account, AskedAt: s.now(),
			Matters: map[int64]*record.Matter{}, Contacts: map[int64]*record.Contact{},
		}
		return readInto(ctx, c, snapshot, matterIDs)
	})
	if err != nil {
		return nil, err
	}
	return snapshot, nil
}

// readInto reads the matters and then the contacts into s. Without ids Clio isn't asked: it would return everything.
func readInto(ctx context.Context, c *connection, s *record.Snapshot, matterIDs []int64) error {
	if len(matterIDs) == 0 {
		return nil
	}
	var err error
	if s.Matters, err = listByIDs[*record.Matter](ctx, c, "matters.json", matterFields, matterIDs); err != nil {
		return err
	}
	clientIDs := personClientIDs(s)
	if len(clientIDs) == 0 {
		return nil
	}
	contacts, err := listByIDs[*record.Contact](ctx, c, "contacts.json", contactFields, clientIDs)
	if hasStatus(err, http.StatusForbidden) {
		s.ContactsRefused = true
		return nil
	}
	if err != nil {
		return err
	}
	s.Contacts = contacts
	return nil
}

// personClientIDs returns the ids of the clients who are persons, sorted and without duplicates. A company's address is never
// used (docs/rules.md#fields).
func personClientIDs(s *record.Snapshot) []int64 {
	var ids []int64
	for _, matter := range s.Matters {
		if client := matter.Client; client != nil && client.ID > 0 && !client.IsCompany() {
			ids = append(ids, client.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
