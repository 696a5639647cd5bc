package clio

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"golang.org/x/oauth2"
)

// authorizationLifetime is how long a user has to grant access. Clio's codes are valid as long (Clio's documentation:
// authorization).
const authorizationLifetime = 10 * time.Minute

// Requester is the user who begins an authorization.
type Requester struct {
	FirmID    string
	UserID    string
	SessionID string // empty: an API token was used
}

// Authorization has the page at Clio where the user grants access, and a secret to set as a cookie for ten minutes.
type Authorization struct {
	URL    string
	Cookie string
}

// Connect begins an authorization, which can be completed once, within ten minutes, by a browser that has its state and either
// the requester's session or the cookie (Callback). Afterwards the browser is sent to returnTo; nil is "/". The errors are
// apperr.ClioNotConfigured, and apperr.Invalid for returnTo.
func (s *Service) Connect(ctx context.Context, requester Requester, returnTo *string) (Authorization, error) {
	if !s.Configured() {
		return Authorization{}, notConfigured()
	}
	checked, err := s.config.checkReturnTo(returnTo)
	if err != nil {
		return Authorization{}, err
	}
	state, cookie, now := rand.Text(), rand.Text(), s.now()
	pending := &PendingAuthorization{
		StateHash: hashSecret(state), CookieHash: hashSecret(cookie),
		FirmID: requester.FirmID, UserID: requester.UserID,
		ReturnTo: checked, ExpiresAt: now.Add(authorizationLifetime),
	}
	if requester.SessionID != "" {
		pending.SessionID = &requester.SessionID
	}
	verifier := oauth2.GenerateVerifier()
	pending.Verifier = s.keys.Seal([]byte(verifier), verifierRow(pending.StateHash))
	if err := s.store.SaveAuthorization(ctx, pending, now); err != nil {
		return Authorization{}, fmt.Errorf("beginning an authorization: %w", err)
	}
	return Authorization{URL: s.oauth.authorizeURL(state, verifier), Cookie: cookie}, nil
}

// Disconnect deletes the firm's access to Clio and asks Clio to revoke it; if Clio fails at this, it is only logged. Watches and
// their links stay. Disconnecting a firm that isn't connected is no error.
func (s *Service) Disconnect(ctx context.Context, firmID string) (*Integration, error) {
	var former Integration
	_, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		former = *row
		row.disconnect()
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("disconnecting from Clio: %w", err)
	}
	// A token of another region must not be sent to this region's Clio.
	if former.AccessToken != nil && former.Region != nil && *former.Region == s.config.Region {
		access, err := s.unseal(firmID, accessColumn, former.AccessToken)
		if err == nil {
			err = s.client.deauthorize(context.WithoutCancel(ctx), access)
		}
		if err != nil {
			s.log.WarnContext(ctx, "revoking the access at clio failed", "firm", firmID, "error", err)
		}
	}
	return s.Integration(ctx, firmID)
}

// verifierRow is the place of an authorization's code verifier in the database.
func verifierRow(stateHash []byte) Row {
	return Row{Table: "clio_authorizations", ID: hex.EncodeToString(stateHash), Column: "verifier"}
}

// hashSecret returns the SHA-256 of a secret: the secret itself is never stored.
func hashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
