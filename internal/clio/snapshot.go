package clio

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"watchkeeper/internal/clio/record"
)

// MaxRead is how many matters one Read may ask for.
const MaxRead = 100

// The attributes that a reading asks for. Clio refuses the whole request when one of them isn't an attribute, or when
// braces stand within braces (Clio's documentation: fields): the addresses need a request of their own.
const (
	matterFields = "id,display_number,description,status,open_date," +
		"client{id,type,name,first_name,last_name,date_of_birth}," +
		"responsible_attorney{id,name},practice_area{id,name,category}"
	contactFields = "id,primary_address{id,city,province,country,primary},addresses{id,city,province,country,primary}"
)

// Read asks Clio for up to MaxRead matters and for the addresses of the people who are their clients, in two requests. A
// contact request that Clio refuses with 403 is noted in the snapshot; any other failure fails the reading as a whole.
// The errors are apperr's ClioNotConfigured, ClioNotConnected, ClioUnavailable and ClioRateLimited.
func (s *Service) Read(ctx context.Context, firmID string, matterIDs []int64) (*record.Snapshot, error) {
	if len(matterIDs) > MaxRead {
		return nil, fmt.Errorf("reading %d matters at once: the limit is %d", len(matterIDs), MaxRead)
	}
	var snapshot *record.Snapshot
	err := s.withConnection(ctx, firmID, func(ctx context.Context, c *connection) error {
		snapshot = &record.Snapshot{
			Region: c.region, AccountID: c.account, AskedAt: s.now(),
			Matters: map[int64]*record.Matter{}, Contacts: map[int64]*record.Contact{},
		}
		return fill(ctx, c, snapshot, matterIDs)
	})
	if err != nil {
		return nil, err
	}
	return snapshot, nil
}

// fill reads the matters and then the contacts. Without an id there is nothing to ask: Clio would return everything.
func fill(ctx context.Context, c *connection, s *record.Snapshot, matterIDs []int64) error {
	if len(matterIDs) == 0 {
		return nil
	}
	var err error
	if s.Matters, err = listByIDs[*record.Matter](ctx, c, "matters.json", matterFields, matterIDs); err != nil {
		return err
	}
	people := clientsOf(s)
	if len(people) == 0 {
		return nil
	}
	contacts, err := listByIDs[*record.Contact](ctx, c, "contacts.json", contactFields, people)
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

// clientsOf are the people who are a matter's client, each once, in the order of their ids. A company's address is of no
// use to a watch (docs/rules.md#fields).
func clientsOf(s *record.Snapshot) []int64 {
	var ids []int64
	for _, matter := range s.Matters {
		if client := matter.Client; client != nil && client.ID > 0 && !client.IsCompany() {
			ids = append(ids, client.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
