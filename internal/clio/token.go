package clio

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/oauth2"
)

// The columns of clio_integrations with sealed tokens.
const (
	accessColumn  = "access_token"
	refreshColumn = "refresh_token"
)

// refreshTimeout bounds a refresh: one request, and the time to store the result.
const refreshTimeout = requestTimeout + 5*time.Second

// refreshMargin is how long before its expiry a token is refreshed: five minutes, or a tenth of a lifetime under fifty minutes.
func refreshMargin(lifetime time.Duration) time.Duration {
	return min(5*time.Minute, lifetime/10)
}

// tokenRow returns the place of one of the firm's tokens in the database.
func tokenRow(firmID, column string) Row {
	return Row{Table: "clio_integrations", ID: firmID, Column: column}
}

// unseal opens one of the firm's tokens; empty when there is none.
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

// setTokens seals the tokens that Clio issued at issuedAt into the row and plans their renewal. A token without an expiry is used
// until Clio refuses it.
func (s *Service) setTokens(row *Integration, token *oauth2.Token, issuedAt time.Time) {
	row.AccessToken = s.keys.Seal([]byte(token.AccessToken), tokenRow(row.FirmID, accessColumn))
	row.RefreshToken, row.TokenExpiresAt = nil, nil
	if token.RefreshToken != "" {
		row.RefreshToken = s.keys.Seal([]byte(token.RefreshToken), tokenRow(row.FirmID, refreshColumn))
	}
	if lifetime := time.Duration(token.ExpiresIn) * time.Second; lifetime > 0 {
		expiresAt := issuedAt.Add(lifetime - refreshMargin(lifetime))
		row.TokenExpiresAt = &expiresAt
	}
	row.MaintainAt = row.nextMaintenance(issuedAt, fullWait)
}

// refresh returns an access token other than the rejected one. Of all callers on all replicas only one asks Clio: within a
// process the others wait for its result, and across processes for the lock on the row.
func (s *Service) refresh(ctx context.Context, firmID, rejected string) (string, error) {
	result := s.refreshes.DoChan(firmID+" "+rejected, func() (any, error) {
		// Other callers wait for this result too, and a new token must not be lost: it isn't canceled with the first caller.
		detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), refreshTimeout)
		defer cancel()
		return s.refreshLocked(detached, firmID, rejected)
	})
	select {
	case <-ctx.Done():
		return "", &noResponseError{ctx.Err()}
	case refreshed := <-result:
		if refreshed.Err != nil {
			return "", refreshed.Err
		}
		return refreshed.Val.(string), nil
	}
}

// refreshLocked asks Clio for a new token while the row is locked, unless another caller has done so meanwhile. This is the only
// place where Clio is asked within a transaction: the lock makes sure that it is asked once.
func (s *Service) refreshLocked(ctx context.Context, firmID, rejected string) (string, error) {
	var fresh string
	row, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		if !row.Usable() {
			return nil
		}
		access, err := s.unseal(firmID, accessColumn, row.AccessToken)
		if err != nil {
			return err
		}
		if access != rejected {
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

// renew replaces the row's tokens and returns the new access token. A refusal ends the connection and is not an error.
func (s *Service) renew(ctx context.Context, row *Integration) (string, error) {
	refresh, err := s.unseal(row.FirmID, refreshColumn, row.RefreshToken)
	if err != nil {
		return "", err
	}
	askedAt := s.now()
	token, err := s.oauth.refresh(ctx, refresh)
	if refused := refusedGrant(err); refused != nil {
		s.log.WarnContext(ctx, "clio refused to renew an access token", "firm", row.FirmID, "error", refused)
		row.requireReconnect(refused.refreshProblem(), s.now())
		return "", nil
	}
	if err != nil {
		return "", err
	}
	s.setTokens(row, token, askedAt)
	return token.AccessToken, nil
}
