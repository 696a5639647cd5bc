package watch

import (
	"context"
	"strconv"
	"time"

	"watchkeeper/internal/apperr"
)

// Unlink ends a watch's link and closes its conflicts; the watch keeps its values. NOT_FOUND, NOT_LINKED.
func (s *Service) Unlink(ctx context.Context, actor Actor, id string) (*Watch, error) {
	return s.change(ctx, actor, id, "id", func(w *Watch) error {
		if err := w.mustBeLinked("id"); err != nil {
			return err
		}
		w.UnlinkedLastSyncedAt = w.ClioLink.LastSyncedAt
		w.ClioLink = nil
		w.Touch(s.now())
		return nil
	})
}

// ConfirmClient says that the contact who replaced the linked client is the same person after all (contract,
// confirmClioClient). The fields follow at the next sync. CONFLICT when the link isn't CLIENT_CHANGED to that contact, or
// it is a company; NOT_FOUND, NOT_LINKED, ARCHIVED.
func (s *Service) ConfirmClient(ctx context.Context, actor Actor, id, contactID string) (*Watch, error) {
	return s.change(ctx, actor, id, "watchId", func(w *Watch) error {
		if err := w.mustBeLinkedAndActive("watchId"); err != nil {
			return err
		}
		return w.confirmClient(contactID, s.now())
	})
}

func (w *Watch) confirmClient(contactID string, now time.Time) error {
	link := w.ClioLink
	switch {
	case link.State != ClientChanged || link.NewContactID == nil || strconv.FormatInt(*link.NewContactID, 10) != contactID:
		return apperr.At(apperr.Conflict, "The matter's client is not waiting to be confirmed as that contact.", "contactId")
	case link.NewIsCompany:
		return apperr.At(apperr.Conflict, "The matter's new client is a company, and a watch is about a person.", "contactId")
	}
	link.ContactID, link.ClientName, link.State = link.NewContactID, link.NewClientName, Linked
	link.NewContactID, link.NewClientName = nil, nil
	w.Touch(now)
	return nil
}

// TakeClioValues puts Clio's last seen values into these fields, over local edits; a field without one is left alone.
// It is a person's edit (docs/rules.md#history). NOT_FOUND, NOT_LINKED, ARCHIVED.
func (s *Service) TakeClioValues(ctx context.Context, actor Actor, id string, fields []SyncedField) (*Watch, error) {
	return s.change(ctx, actor, id, "watchId", func(w *Watch) error {
		if err := w.mustBeLinkedAndActive("watchId"); err != nil {
			return err
		}
		return w.takeClioValues(fields, s.now())
	})
}

func (w *Watch) takeClioValues(fields []SyncedField, now time.Time) error {
	changed := false
	for _, field := range fields {
		held, err := w.Value(field)
		if err != nil {
			return err
		}
		value := w.ClioLink.Base[field]
		if value == "" || value == held {
			continue
		}
		if err := w.setByHand(field, value, now); err != nil {
			return err
		}
		changed = true
	}
	if changed {
		w.Touch(now)
	}
	return nil
}

func (w *Watch) mustBeLinked(argument string) error {
	if w.ClioLink == nil {
		return apperr.At(apperr.NotLinked, "The watch is not linked to Clio.", argument)
	}
	return nil
}

func (w *Watch) mustBeLinkedAndActive(argument string) error {
	if err := w.mustBeActive(argument); err != nil {
		return err
	}
	return w.mustBeLinked(argument)
}
