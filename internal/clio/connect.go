package clio

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"time"
)

// authorizationLife is how long a user has to grant access. Clio's codes live as long (Clio's documentation:
// authorization).
const authorizationLife = 10 * time.Minute

// Requester is who begins an authorization.
type Requester struct {
	FirmID    string
	UserID    string
	SessionID string // empty: not through a session
}

// Authorization is the way to Clio: where the user grants access, and a secret for a cookie that is to last ten minutes.
type Authorization struct {
	URL    string
	Cookie string
}

// Connect begins an authorization: whoever comes back within ten minutes with its state, and with the requester's session or
// the cookie, connects the firm, once. returnTo is where the browser goes then; nil is "/". The errors are apperr's
// ClioNotConfigured, and Invalid at returnTo.
func (s *Service) Connect(ctx context.Context, by Requester, returnTo *string) (Authorization, error) {
	if !s.Configured() {
		return Authorization{}, notConfigured()
	}
	checked, err := s.config.checkReturnTo(returnTo)
	if err != nil {
		return Authorization{}, err
	}
	state, cookie, now := rand.Text(), rand.Text(), s.now()
	pending := &PendingAuthorization{
		StateHash: hashed(state), CookieHash: hashed(cookie),
		FirmID: by.FirmID, UserID: by.UserID,
		ReturnTo: checked, ExpiresAt: now.Add(authorizationLife),
	}
	if by.SessionID != "" {
		pending.SessionID = &by.SessionID
	}
	if err := s.store.SaveAuthorization(ctx, pending, now); err != nil {
		return Authorization{}, fmt.Errorf("beginning an authorization: %w", err)
	}
	return Authorization{URL: s.oauth.address(state), Cookie: cookie}, nil
}

// Disconnect forgets the firm's access to Clio and asks Clio to end it; that Clio may fail at this is logged only. Watches
// and their links stay. A firm that isn't connected stays so.
func (s *Service) Disconnect(ctx context.Context, firmID string) (*Integration, error) {
	var former Integration
	_, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		former = *row
		row.forget()
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("disconnecting from Clio: %w", err)
	}
	// A token of another region is nothing that this region's Clio should see.
	if former.AccessToken != nil && former.Region != nil && *former.Region == s.config.Region {
		access, err := s.unseal(firmID, accessColumn, former.AccessToken)
		if err == nil {
			err = s.client.deauthorize(context.WithoutCancel(ctx), access)
		}
		if err != nil {
			s.log.WarnContext(ctx, "Clio: ending the access at Clio's side", "firm", firmID, "error", err)
		}
	}
	return s.Integration(ctx, firmID)
}

// hashed is the SHA-256 of a secret: the secret itself is never stored.
func hashed(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
