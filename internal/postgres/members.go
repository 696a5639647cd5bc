package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/audit"
)

// asAdministrator runs the function in a transaction that holds the firm (docs/architecture.md#locks), if by is an administrator then.
func (a *Accounts) asAdministrator(ctx context.Context, by account.Administrator, change func(context.Context, bun.Tx) error) error {
	return a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := lockFirm(ctx, tx, by.FirmID); err != nil {
			return err
		}
		still, err := members(tx, by.FirmID).Where("u.id = ?", by.UserID).Where("u.role = ?", account.Admin).Exists(ctx)
		if err != nil {
			return fmt.Errorf("finding an administrator: %w", err)
		}
		if !still {
			return account.ErrNoAdministrator
		}
		return change(ctx, tx)
	})
}

// members selects those of a firm.
func members(db bun.IDB, firmID string) *bun.SelectQuery {
	return db.NewSelect().Model((*account.User)(nil)).Where("u.firm_id = ?", firmID).Where("u.removed_at IS NULL")
}

func (a *Accounts) Members(ctx context.Context, firmID string, limit int) ([]*account.User, error) {
	ctx = ForFirm(ctx, firmID)
	var users []*account.User
	err := members(a.db.bun, firmID).Model(&users).Order("u.created_at", "u.id").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing members: %w", err)
	}
	return users, nil
}

func (a *Accounts) ChangeRole(
	ctx context.Context, by account.Administrator, userID string, role account.Role,
) (*account.User, error) {
	ctx = ForFirm(ctx, by.FirmID)
	var user *account.User
	err := a.asAdministrator(ctx, by, func(ctx context.Context, tx bun.Tx) error {
		var err error
		if user, err = findMember(ctx, tx, by.FirmID, userID); err != nil || user.Role == role {
			return err
		}
		if role != account.Admin {
			if err := keepAdministrator(ctx, tx, by.FirmID, userID); err != nil {
				return err
			}
			if err := removeLinksBy(ctx, tx, userID); err != nil {
				return err
			}
		}
		user.Role = role
		if _, err := tx.NewUpdate().Model(user).Column("role").WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("changing a role: %w", err)
		}
		return a.db.record(ctx, tx, by.FirmID, audit.New(audit.MemberRoleChanged, userID, "%s has the role %s from now on.", user.Name, role))
	})
	return user, err
}

func (a *Accounts) RemoveMember(ctx context.Context, by account.Administrator, userID string, at time.Time) error {
	ctx = ForFirm(ctx, by.FirmID)
	return a.asAdministrator(ctx, by, func(ctx context.Context, tx bun.Tx) error {
		user, err := findMember(ctx, tx, by.FirmID, userID)
		if err != nil {
			return err
		}
		if user.Role == account.Admin {
			if err := keepAdministrator(ctx, tx, by.FirmID, userID); err != nil {
				return err
			}
		}
		user.RemovedAt, user.PasswordHash = &at, ""
		if _, err := tx.NewUpdate().Model(user).Column("removed_at", "password_hash").WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("removing a member: %w", err)
		}
		for _, model := range []any{(*account.Session)(nil), (*account.Device)(nil), (*account.PasswordReset)(nil)} {
			if _, err := tx.NewDelete().Model(model).Where("user_id = ?", userID).Exec(ctx); err != nil {
				return fmt.Errorf("removing what a member had: %w", err)
			}
		}
		if _, err := tx.NewDelete().Model((*account.APIToken)(nil)).Where("created_by_id = ?", userID).Exec(ctx); err != nil {
			return fmt.Errorf("removing a member's API tokens: %w", err)
		}
		if err := removeLinksBy(ctx, tx, userID); err != nil {
			return err
		}
		return a.db.record(ctx, tx, by.FirmID, audit.New(audit.MemberRemoved, userID, "%s (%s) was removed.", user.Name, user.Email))
	})
}

// findMember locks the user, which sign-ins wait for.
func findMember(ctx context.Context, tx bun.Tx, firmID, userID string) (*account.User, error) {
	user := new(account.User)
	err := members(tx, firmID).Model(user).Where("u.id = ?", userID).For("NO KEY UPDATE").Scan(ctx)
	return user, orNotFound(err, "There is no such user.", "finding a member")
}

// keepAdministrator is account.ErrLastAdministrator if the firm has no administrator but this one.
func keepAdministrator(ctx context.Context, tx bun.Tx, firmID, userID string) error {
	others, err := members(tx, firmID).Where("u.role = ?", account.Admin).Where("u.id <> ?", userID).Exists(ctx)
	if err != nil {
		return fmt.Errorf("looking for another administrator: %w", err)
	}
	if !others {
		return account.ErrLastAdministrator
	}
	return nil
}

// removeLinksBy ends what somebody who is no administrator any more could still let people in by.
func removeLinksBy(ctx context.Context, tx bun.Tx, userID string) error {
	if _, err := tx.NewDelete().Model((*account.Invitation)(nil)).Where("invited_by_id = ?", userID).Exec(ctx); err != nil {
		return fmt.Errorf("removing somebody's invitations: %w", err)
	}
	if _, err := tx.NewDelete().Model((*account.PasswordReset)(nil)).Where("created_by_id = ?", userID).Exec(ctx); err != nil {
		return fmt.Errorf("removing somebody's password resets: %w", err)
	}
	return nil
}

// mustDelete runs a DELETE that is to find a row; apperr.NotFound if it finds none.
func mustDelete(ctx context.Context, query *bun.DeleteQuery, doing string) error {
	deleted, err := query.Exec(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if count, err := deleted.RowsAffected(); err != nil || count == 0 {
		return apperr.New(apperr.NotFound, "There is no such link.")
	}
	return nil
}
