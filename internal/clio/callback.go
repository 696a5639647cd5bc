package clio

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/oauth2"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/audit"
)

// CallbackQuery is the query that the browser brings back from Clio.
type CallbackQuery struct {
	State string
	Code  string // empty when Error is set
	Error string // access_denied when the user declined
}

// Proof shows that the browser is the one that began the authorization. Either field is enough.
type Proof struct {
	SessionID string // the signed-in user's session; empty: not signed in
	Cookie    string // Authorization.Cookie
}

// Callback completes an authorization and returns the address to send the browser to: the returnTo that was checked when it
// began, with clio=connected, clio=declined or clio=error. The reason for an error is stored as the integration's problem, and
// an existing connection stays as it was. If the state is unknown, used, expired or not proven, the address is the console's page of
// the connection, with clio=error, and the authorization stays open for the browser that can prove it. The work continues if the browser disconnects.
func (s *Service) Callback(ctx context.Context, query CallbackQuery, proof Proof) string {
	ctx = context.WithoutCancel(ctx)
	claim := Claim{StateHash: hashSecret(query.State), SessionID: proof.SessionID, CookieHash: hashSecret(proof.Cookie)}
	pending, err := s.store.TakeAuthorization(ctx, claim, s.now())
	if err != nil {
		if !apperr.Is(err, apperr.NotFound) {
			s.log.ErrorContext(ctx, "finding a clio authorization failed", "error", err)
		}
		return withOutcome(unprovenPath, outcomeError)
	}
	ctx = audit.WithActor(ctx, audit.Actor{UserID: pending.UserID})
	if query.Error == "access_denied" {
		return withOutcome(pending.ReturnTo, outcomeDeclined)
	}
	if err := s.completeAuthorization(ctx, pending, query); err != nil {
		s.recordConnectFailure(ctx, pending.FirmID, err)
		return withOutcome(pending.ReturnTo, outcomeError)
	}
	return withOutcome(pending.ReturnTo, outcomeConnected)
}

// completeAuthorization exchanges the code for tokens and stores the connection, provided that it is to the account that the
// firm's links belong to. Access to another account is revoked.
func (s *Service) completeAuthorization(ctx context.Context, pending *PendingAuthorization, query CallbackQuery) error {
	if !s.Configured() {
		return notConfigured()
	}
	if query.Error != "" || query.Code == "" {
		return &grantRefusedError{errorType: loggableName(query.Error)}
	}
	bounded, cancel := context.WithTimeout(ctx, operationTimeout)
	defer cancel()
	verifier, err := s.keys.Open(pending.Verifier, verifierRow(pending.StateHash))
	if err != nil {
		return fmt.Errorf("opening the code verifier: %w", err)
	}
	firmID, issuedAt := pending.FirmID, s.now()
	token, err := s.oauth.exchange(bounded, query.Code, string(verifier))
	if err != nil {
		return err
	}
	api := tokenClient{client: s.client, token: token.AccessToken}
	user, err := whoAmI(bounded, api)
	if err != nil {
		return err
	}
	account, err := s.verifyAccount(bounded, firmID, api, user.account())
	if err == nil {
		err = s.saveConnection(ctx, firmID, user, account, token, issuedAt)
	}
	if err != nil {
		s.revokeIfOtherAccount(ctx, firmID, api, err)
	}
	return err
}

// saveConnection stores a new connection. The account is nil when it is unknown.
func (s *Service) saveConnection(
	ctx context.Context, firmID string, user *identity, account *int64, token *oauth2.Token, issuedAt time.Time,
) error {
	_, err := s.store.Connect(ctx, firmID, func(row *Integration, links *Links) error {
		// An import may have created the first links since the account was verified. No import can do so now: it waits for
		// this row.
		if links.matchAccount(s.config.Region, account) == accountDiffers {
			return otherAccountError()
		}
		row.State, row.Region, row.AccountID = Connected, &s.config.Region, account
		row.ClioUserName, row.ClioFirmName = user.userName(), user.firmName()
		row.ConnectedAt, row.Problem, row.ProblemSince = &issuedAt, nil, nil
		s.setTokens(row, token, issuedAt)
		return nil
	})
	if err != nil {
		return fmt.Errorf("saving a new connection: %w", err)
	}
	return nil
}

// revokeIfOtherAccount asks Clio to revoke access to another account. Access that merely couldn't be checked is not revoked: it
// may be to the account of the existing connection, which would end with it.
func (s *Service) revokeIfOtherAccount(ctx context.Context, firmID string, api tokenClient, cause error) {
	if !isOtherAccount(cause) {
		return
	}
	if err := s.client.deauthorize(ctx, api.token); err != nil {
		s.log.WarnContext(ctx, "revoking a refused access at clio failed", "firm", firmID, "error", err)
	}
}

// recordConnectFailure stores in plain words why connecting failed. An existing connection keeps its state and its tokens.
func (s *Service) recordConnectFailure(ctx context.Context, firmID string, cause error) {
	s.log.WarnContext(ctx, "connecting to clio failed", "firm", firmID, "error", cause)
	problem := userMessage(userError(cause))
	_, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		row.recordConnectFailure(problem, s.now())
		return nil
	})
	if err != nil {
		s.log.ErrorContext(ctx, "saving the reason of a failed connection to clio failed", "firm", firmID, "error", err)
	}
}
