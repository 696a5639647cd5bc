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

// leasePoll is how often a caller looks whether another replica has renewed the token. It is real time: Clio takes it too.
const leasePoll = 50 * time.Millisecond

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
	return unseal(s.keys, firmID, column, sealed)
}

func unseal(keys *Keyring, firmID, column string, sealed Sealed) (string, error) {
	if sealed == nil {
		return "", nil
	}
	token, err := keys.Open(sealed, tokenRow(firmID, column))
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
// process the others wait for its result, and across processes for the end of its lease.
func (s *Service) refresh(ctx context.Context, firmID, rejected string) (string, error) {
	result := s.refreshes.DoChan(firmID+" "+rejected, func() (any, error) {
		// Other callers wait for this result too, and a new token must not be lost: it isn't canceled with the first caller.
		detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), refreshTimeout)
		defer cancel()
		return s.refreshLeased(detached, firmID, rejected)
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

// refreshLeased renews the token, unless another caller has done so meanwhile. It takes a lease on the row, asks Clio outside any
// transaction, and stores the result; while another replica has the lease, it waits for that one's result.
func (s *Service) refreshLeased(ctx context.Context, firmID, rejected string) (string, error) {
	for {
		lease, err := s.leaseRefresh(ctx, firmID, rejected)
		switch {
		case err != nil:
			return "", fmt.Errorf("refreshing the access to Clio: %w", err)
		case lease.fresh != "":
			return lease.fresh, nil
		case lease.refreshToken != "":
			return s.renew(ctx, firmID, rejected, lease.refreshToken)
		}
		select {
		case <-ctx.Done():
			return "", &noResponseError{ctx.Err()}
		case <-time.After(leasePoll):
		}
	}
}

// refreshLease is the result of leaseRefresh; empty: another replica has the lease.
type refreshLease struct {
	fresh        string // an access token that isn't the rejected one
	refreshToken string // the lease is ours, and this is what to renew the access with
}

// leaseRefresh takes the lease on renewing the token, unless there is another token already, or another replica has the lease. Without a
// refresh token the connection ends. ClioNotConnected if it has ended.
func (s *Service) leaseRefresh(ctx context.Context, firmID, rejected string) (lease refreshLease, err error) {
	row, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		lease = refreshLease{}
		if !row.Usable() {
			return nil
		}
		access, err := s.unseal(firmID, accessColumn, row.AccessToken)
		if err != nil {
			return err
		}
		now := s.now()
		switch {
		case access != rejected:
			lease.fresh = access
			return nil
		case row.RefreshToken == nil:
			row.requireReconnect((&grantRefusedError{}).refreshProblem(), now)
			return nil
		case row.RefreshingUntil != nil && now.Before(*row.RefreshingUntil):
			return nil
		}
		until := now.Add(refreshTimeout)
		row.RefreshingUntil = &until
		lease.refreshToken, err = s.unseal(firmID, refreshColumn, row.RefreshToken)
		return err
	})
	if err == nil && !row.Usable() {
		err = notConnected(row)
	}
	return lease, err
}

// renew asks Clio for a new access token, ends the lease, and returns the token. A refused grant ends the connection.
func (s *Service) renew(ctx context.Context, firmID, rejected, refreshToken string) (string, error) {
	askedAt := s.now()
	token, askErr := s.oauth.refresh(ctx, refreshToken)
	var fresh string
	row, err := s.store.Change(context.WithoutCancel(ctx), firmID, func(row *Integration) error {
		fresh = ""
		if !row.Usable() {
			return nil
		}
		access, err := s.unseal(firmID, accessColumn, row.AccessToken)
		if err != nil {
			return err
		}
		row.RefreshingUntil = nil
		refused := refusedGrant(askErr)
		switch {
		case access != rejected: // somebody has connected anew meanwhile
			fresh = access
		case refused != nil:
			s.log.WarnContext(ctx, "clio refused to renew an access token", "firm", firmID, "error", refused)
			row.requireReconnect(refused.refreshProblem(), s.now())
		case askErr == nil:
			s.setTokens(row, token, askedAt)
			fresh = token.AccessToken
		}
		return nil
	})
	switch {
	case err != nil:
		return "", fmt.Errorf("storing the access to Clio: %w", err)
	case !row.Usable():
		return "", notConnected(row)
	case fresh == "":
		return "", fmt.Errorf("refreshing the access to Clio: %w", askErr)
	}
	return fresh, nil
}
