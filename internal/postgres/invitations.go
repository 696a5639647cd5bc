package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/account"
	"watchkeeper/internal/audit"
)

func (a *Accounts) Invite(ctx context.Context, by account.Administrator, invitation *account.Invitation) error {
	ctx = ForFirm(ctx, by.FirmID)
	return a.asAdministrator(ctx, by, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*account.Invitation)(nil)).Where("firm_id = ?", by.FirmID).
			Where("email = ? OR expires_at <= ?", invitation.Email, invitation.CreatedAt).Exec(ctx)
		if err != nil {
			return fmt.Errorf("removing ended invitations: %w", err)
		}
		invited, err := tx.NewSelect().Model((*account.Invitation)(nil)).Where("i.firm_id = ?", by.FirmID).Count(ctx)
		if err != nil {
			return fmt.Errorf("counting invitations: %w", err)
		}
		joined, err := members(tx, by.FirmID).Count(ctx)
		if err != nil {
			return fmt.Errorf("counting members: %w", err)
		}
		if invited >= account.MaxInvitations || joined+invited >= account.MaxMembers {
			return account.ErrTooMany
		}
		if _, err := tx.NewInsert().Model(invitation).Exec(ctx); err != nil {
			return fmt.Errorf("inserting an invitation: %w", err)
		}
		return a.db.record(ctx, tx, by.FirmID, audit.New(audit.MemberInvited, invitation.ID, "%s was invited as %s.", invitation.Email, invitation.Role))
	})
}

func (a *Accounts) Invitations(ctx context.Context, firmID string, now time.Time, limit int) ([]*account.Invitation, error) {
	ctx = ForFirm(ctx, firmID)
	var invitations []*account.Invitation
	err := a.db.bun.NewSelect().Model(&invitations).Where("i.firm_id = ?", firmID).Where("i.expires_at > ?", now).
		Order("i.id DESC").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing invitations: %w", err)
	}
	return invitations, nil
}

func (a *Accounts) RevokeInvitation(ctx context.Context, by account.Administrator, id string, now time.Time) error {
	ctx = ForFirm(ctx, by.FirmID)
	return a.asAdministrator(ctx, by, func(ctx context.Context, tx bun.Tx) error {
		invitation := &account.Invitation{ID: id}
		err := tx.NewDelete().Model(invitation).WherePK().Where("firm_id = ?", by.FirmID).Where("expires_at > ?", now).Returning("*").Scan(ctx)
		if err != nil {
			return orNotFound(err, "There is no such invitation.", "revoking an invitation")
		}
		return a.db.record(ctx, tx, by.FirmID, audit.New(audit.InvitationRevoked, id, "The invitation of %s was revoked.", invitation.Email))
	})
}

func (a *Accounts) InvitationByToken(ctx context.Context, tokenHash []byte, now time.Time) (*account.Invitation, error) {
	ctx = AcrossFirms(ctx, SignIn)
	invitation := new(account.Invitation)
	err := a.db.bun.NewSelect().Model(invitation).Relation("Firm").Where("i.token_hash = ?", tokenHash).Where("i.expires_at > ?", now).Scan(ctx)
	return invitation, orNotFound(err, "There is no such invitation.", "finding an invitation")
}

// AcceptInvitation holds the firm: of two who accept at once, the second finds no invitation.
func (a *Accounts) AcceptInvitation(
	ctx context.Context, invitation *account.Invitation, session *account.Session, replaced string,
) error {
	ctx = AcrossFirms(ctx, SignIn)
	err := a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := lockFirm(ctx, tx, invitation.FirmID); err != nil {
			return err
		}
		err := mustDelete(ctx, tx.NewDelete().Model((*account.Invitation)(nil)).Where("id = ?", invitation.ID).
			Where("token_hash = ?", invitation.TokenHash), "taking an invitation")
		if err != nil {
			return err
		}
		joined, err := members(tx, invitation.FirmID).Count(ctx)
		if err != nil {
			return fmt.Errorf("counting members: %w", err)
		}
		if joined >= account.MaxMembers {
			return account.ErrTooMany
		}
		if _, err := tx.NewInsert().Model(session.User).Exec(ctx); err != nil {
			return fmt.Errorf("inserting a member: %w", err)
		}
		if err := insertSession(ctx, tx, session, replaced, account.Ended{}); err != nil {
			return err
		}
		return a.db.record(ctx, tx, invitation.FirmID, audit.New(audit.InvitationAccepted, session.UserID, "%s (%s) joined as %s.",
			session.User.Name, session.User.Email, session.User.Role).DoneBy(session.UserID))
	})
	if isUniqueViolation(err, "users_email_key") {
		return account.ErrEmailTaken
	}
	return err
}
