package clio

import (
	"context"
	"fmt"

	"watchkeeper/internal/apperr"
)

// CallbackQuery is what the browser brings back from Clio.
type CallbackQuery struct {
	State string
	Code  string // empty where there is an Error
	Error string // access_denied: the user declined
}

// Proof is what the browser has of its own. Either shows that it is the one that began the authorization.
type Proof struct {
	SessionID string // of the user who is signed in; empty: nobody is
	Cookie    string // Authorization.Cookie
}

// Callback finishes an authorization and returns where to send the browser: the returnTo that was checked when it began, with
// clio=connected, declined or error. Why it failed is then the integration's problem; a connection that the firm has
// already stays as it was. Without a state that is known, unused, in time and proven, it is "/?clio=error", and the
// authorization of whoever can prove it stays open. The work goes on if the browser leaves.
func (s *Service) Callback(ctx context.Context, query CallbackQuery, proof Proof) string {
	ctx = context.WithoutCancel(ctx)
	claim := Claim{StateHash: hashed(query.State), SessionID: proof.SessionID, CookieHash: hashed(proof.Cookie)}
	pending, err := s.store.TakeAuthorization(ctx, claim, s.now())
	if err != nil {
		if !apperr.Is(err, apperr.NotFound) {
			s.log.ErrorContext(ctx, "Clio: finding an authorization", "error", err)
		}
		return withOutcome("/", outcomeError)
	}
	if query.Error == "access_denied" {
		return withOutcome(pending.ReturnTo, outcomeDeclined)
	}
	if err := s.finish(ctx, pending.FirmID, query); err != nil {
		s.denied(ctx, pending.FirmID, err)
		return withOutcome(pending.ReturnTo, outcomeError)
	}
	return withOutcome(pending.ReturnTo, outcomeConnected)
}

// finish turns the code into a connection, if it is one to the account that the firm's links belong to.
func (s *Service) finish(ctx context.Context, firmID string, query CallbackQuery) error {
	if !s.Configured() {
		return notConfigured()
	}
	if query.Error != "" || query.Code == "" {
		return &grantRefusedError{kind: nameOnly(query.Error)}
	}
	bounded, cancel := context.WithTimeout(ctx, operationTimeout)
	defer cancel()
	given := s.now()
	token, err := s.oauth.exchange(bounded, query.Code)
	if err != nil {
		return err
	}
	grant := bearer{client: s.client, token: token.AccessToken}
	who, err := whoAmI(bounded, grant)
	if err != nil {
		return err
	}
	account, err := s.sameAccount(bounded, firmID, grant, who.account())
	if err != nil {
		s.fail(ctx, firmID, grant, err)
		return err
	}
	_, err = s.store.Connect(ctx, firmID, func(row *Integration, links *Links) error {
		// An import that was under way may have made the first links since they were looked for. No other can now: it
		// waits for this row.
		if links.judge(s.config.Region, account) == differs {
			return otherAccount()
		}
		row.State, row.Region, row.AccountID = Connected, &s.config.Region, account
		row.ClioUserName, row.ClioFirmName = who.userName(), who.firmName()
		row.ConnectedAt, row.Problem, row.ProblemSince = &given, nil, nil
		s.keep(row, token, given)
		return nil
	})
	if err != nil {
		s.fail(ctx, firmID, grant, err)
		return fmt.Errorf("keeping a new connection: %w", err)
	}
	return nil
}

// fail asks Clio to end a grant to another account. One that merely couldn't be checked is left: it may be the account
// of the connection that stays, whose access would end too.
func (s *Service) fail(ctx context.Context, firmID string, grant bearer, why error) {
	if !isOtherAccount(why) {
		return
	}
	if err := s.client.deauthorize(ctx, grant.token); err != nil {
		s.log.WarnContext(ctx, "Clio: ending a refused access at Clio's side", "firm", firmID, "error", err)
	}
}

// denied notes in plain words why connecting failed. A connection that exists keeps its state and its tokens.
func (s *Service) denied(ctx context.Context, firmID string, why error) {
	s.log.WarnContext(ctx, "Clio: connecting failed", "firm", firmID, "error", why)
	problem := messageOf(explain(why))
	_, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		row.deny(problem, s.now())
		return nil
	})
	if err != nil {
		s.log.ErrorContext(ctx, "Clio: noting why connecting failed", "firm", firmID, "error", err)
	}
}
