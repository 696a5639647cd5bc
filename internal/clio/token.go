package clio

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/oauth2"
)

// The columns of clio_integrations that hold sealed tokens.
const (
	accessColumn  = "access_token"
	refreshColumn = "refresh_token"
)

// refreshTimeout is how long a refresh may take: one request, and what the database takes to keep its answer.
const refreshTimeout = requestTimeout + 5*time.Second

// refreshMargin is how far ahead of its expiry a token is replaced: five minutes, and for one that doesn't live for fifty a
// tenth of its life.
func refreshMargin(life time.Duration) time.Duration {
	return min(5*time.Minute, life/10)
}

// tokenRow is the place in the database of one of the firm's tokens.
func tokenRow(firmID, column string) Row {
	return Row{Table: "clio_integrations", ID: firmID, Column: column}
}

// unseal reads one of the firm's tokens; empty when there is none.
func (s *Service) unseal(firmID, column string, sealed Sealed) (string, error) {
	if sealed == nil {
		return "", nil
	}
	token, err := s.keys.Open(sealed, tokenRow(firmID, column))
	if err != nil {
		return "", fmt.Errorf("opening the %s of firm %s: %w", column, firmID, err)
	}
	return string(token), nil
}

// keep seals a token that Clio gave at that time into the row, and plans its renewal. Without an expiry it is used until
// Clio refuses it.
func (s *Service) keep(row *Integration, token *oauth2.Token, given time.Time) {
	row.AccessToken = s.keys.Seal([]byte(token.AccessToken), tokenRow(row.FirmID, accessColumn))
	row.RefreshToken, row.TokenExpiresAt = nil, nil
	if token.RefreshToken != "" {
		row.RefreshToken = s.keys.Seal([]byte(token.RefreshToken), tokenRow(row.FirmID, refreshColumn))
	}
	if life := time.Duration(token.ExpiresIn) * time.Second; life > 0 {
		good := given.Add(life - refreshMargin(life))
		row.TokenExpiresAt = &good
	}
	row.MaintainAt = row.nextMaintenance(given, wholeWait)
}

// refresh returns an access token other than the one that is used up. Of all who ask for it, on all replicas, one asks
// Clio: within a process the others wait for its answer, and between processes for the lock of the row.
func (s *Service) refresh(ctx context.Context, firmID, used string) (string, error) {
	asked := s.refreshes.DoChan(firmID+" "+used, func() (any, error) {
		// Others wait for this answer too, and a new token must not be lost: it doesn't end with the one who happened to ask.
		detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), refreshTimeout)
		defer cancel()
		return s.refreshLocked(detached, firmID, used)
	})
	select {
	case <-ctx.Done():
		return "", &noAnswerError{ctx.Err()}
	case answer := <-asked:
		if answer.Err != nil {
			return "", answer.Err
		}
		return answer.Val.(string), nil
	}
}

// refreshLocked asks Clio for a new token under the lock of the row, unless somebody else has done so meanwhile. It is the
// one place where Clio is asked within a transaction: what the lock protects is that Clio is asked once.
func (s *Service) refreshLocked(ctx context.Context, firmID, used string) (string, error) {
	var fresh string
	row, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		if !row.Usable() {
			return nil
		}
		access, err := s.unseal(firmID, accessColumn, row.AccessToken)
		if err != nil {
			return err
		}
		if access != used {
			fresh = access
			return nil
		}
		fresh, err = s.renew(ctx, row)
		return err
	})
	switch {
	case err != nil:
		return "", fmt.Errorf("refreshing the access to Clio: %w", err)
	case !row.Usable():
		return "", notConnected(row)
	}
	return fresh, nil
}

// renew replaces the row's tokens and returns the new access token. A refusal ends the connection and is no error.
func (s *Service) renew(ctx context.Context, row *Integration) (string, error) {
	refresh, err := s.unseal(row.FirmID, refreshColumn, row.RefreshToken)
	if err != nil {
		return "", err
	}
	asked := s.now()
	token, err := s.oauth.refresh(ctx, refresh)
	if refused := refusedGrant(err); refused != nil {
		s.log.WarnContext(ctx, "Clio refused to renew the access", "firm", row.FirmID, "error", refused)
		row.lose(refused.whyLost(), s.now())
		return "", nil
	}
	if err != nil {
		return "", err
	}
	s.keep(row, token, asked)
	return token.AccessToken, nil
}
