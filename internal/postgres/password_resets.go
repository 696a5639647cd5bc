package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/audit"
)

func (a *Accounts) AddReset(ctx context.Context, by *account.Administrator, reset *account.PasswordReset) error {
	insert := func(ctx context.Context, tx bun.Tx, user *account.User) error {
		_, err := tx.NewInsert().Model(reset).On("CONFLICT (user_id) DO UPDATE").Set("token_hash = excluded.token_hash").
			Set("created_by_id = excluded.created_by_id").Set("expires_at = excluded.expires_at").Exec(ctx)
		if err != nil {
			return fmt.Errorf("inserting a password reset: %w", err)
		}
		return a.db.record(ctx, tx, user.FirmID, audit.New(audit.PasswordResetCreated, user.ID, "A password reset for %s (%s) was made.", user.Name, user.Email))
	}
	if by == nil {
		return a.db.inTx(AcrossFirms(ctx, SignIn), func(ctx context.Context, tx bun.Tx) error { return insert(ctx, tx, reset.User) })
	}
	ctx = ForFirm(ctx, by.FirmID)
	return a.asAdministrator(ctx, *by, func(ctx context.Context, tx bun.Tx) error {
		user, err := findMember(ctx, tx, by.FirmID, reset.UserID)
		if err != nil {
			return err
		}
		return insert(ctx, tx, user)
	})
}

func (a *Accounts) ResetByToken(ctx context.Context, tokenHash []byte, now time.Time) (*account.PasswordReset, error) {
	ctx = AcrossFirms(ctx, SignIn)
	reset := new(account.PasswordReset)
	err := a.db.bun.NewSelect().Model(reset).Relation("User").Relation("User.Firm").
		Where("p.token_hash = ?", tokenHash).Where("p.expires_at > ?", now).Scan(ctx)
	return reset, orNotFound(err, "There is no such password reset.", "finding a password reset")
}

// ResetPassword locks the user: of two who use a link at once, the second finds no reset.
func (a *Accounts) ResetPassword(ctx context.Context, reset *account.PasswordReset, session *account.Session, replaced string) error {
	ctx = AcrossFirms(ctx, SignIn)
	return a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := setPassword(ctx, tx.NewUpdate(), reset.UserID, session.User.PasswordHash)
		if errors.Is(err, account.ErrPasswordChanged) {
			return apperr.New(apperr.NotFound, "There is no such link.") // the user was removed
		}
		if err != nil {
			return err
		}
		err = mustDelete(ctx, tx.NewDelete().Model((*account.PasswordReset)(nil)).Where("user_id = ?", reset.UserID).
			Where("token_hash = ?", reset.TokenHash), "taking a password reset")
		if err != nil {
			return err
		}
		for _, model := range []any{(*account.Session)(nil), (*account.Device)(nil)} {
			if _, err := tx.NewDelete().Model(model).Where("user_id = ?", reset.UserID).Exec(ctx); err != nil {
				return fmt.Errorf("ending a user's sessions: %w", err)
			}
		}
		if err := insertSession(ctx, tx, session, replaced, account.Ended{}); err != nil {
			return err
		}
		return a.db.record(ctx, tx, session.User.FirmID, audit.New(audit.PasswordReset, session.UserID, "%s chose a new password by a password reset.",
			session.User.Name).DoneBy(session.UserID))
	})
}
