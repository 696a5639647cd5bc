package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/audit"
)

// signUpLock is the key of the advisory lock that sign-ups take, so that two can't both be the first.
const signUpLock = 0x7369676e // "sign"

// Accounts keeps firms, users and sessions.
type Accounts struct {
	db *DB
}

var _ account.Store = (*Accounts)(nil)

// NewAccounts returns the accounts of the database.
func NewAccounts(db *DB) *Accounts {
	return &Accounts{db: db}
}

func (a *Accounts) AnyFirm(ctx context.Context) (bool, error) {
	ctx = AcrossFirms(ctx, SignUp)
	return anyFirm(ctx, a.db.bun)
}

// CreateFirm takes the advisory lock of sign-ups until the end of its transaction.
func (a *Accounts) CreateFirm(
	ctx context.Context, firm *account.Firm, user *account.User, session *account.Session, allowed func(anyFirm bool) error,
) error {
	ctx = AcrossFirms(ctx, SignUp)
	err := a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(?)", signUpLock); err != nil {
			return fmt.Errorf("waiting for other sign-ups: %w", err)
		}
		found, err := anyFirm(ctx, tx)
		if err != nil {
			return err
		}
		if err := allowed(found); err != nil {
			return err
		}
		for _, row := range []any{firm, user, session} {
			if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
				return fmt.Errorf("inserting %T: %w", row, err)
			}
		}
		return a.db.record(ctx, tx, firm.ID, audit.New(audit.SignedUp, firm.ID, "%s created the firm %s.", user.Name, firm.Name).DoneBy(user.ID))
	})
	if isUniqueViolation(err, "users_email_key") {
		return account.ErrEmailTaken
	}
	return err
}

func (a *Accounts) UserByEmail(ctx context.Context, email string) (*account.User, error) {
	ctx = AcrossFirms(ctx, SignIn)
	user := new(account.User)
	err := a.db.bun.NewSelect().Model(user).Relation("Firm").Where("u.email = ?", email).Where("u.removed_at IS NULL").Scan(ctx)
	if notFound(err) {
		return nil, apperr.New(apperr.NotFound, "There is no such user.")
	}
	if err != nil {
		return nil, fmt.Errorf("finding a user by e-mail address: %w", err)
	}
	return user, nil
}

func (a *Accounts) Users(ctx context.Context, firmID string, ids []string) (map[string]*account.User, error) {
	ctx = ForFirm(ctx, firmID)
	query := newSelect(userRows.columns, " FROM users AS u WHERE u.firm_id = ? AND u.id = ANY (?)", firmID, ids)
	users, err := readByID(ctx, a.db, ids, query, userRows.scan(), func(user *account.User) string { return user.ID })
	if err != nil {
		return nil, fmt.Errorf("finding users: %w", err)
	}
	return users, nil
}

func (a *Accounts) RenameUser(ctx context.Context, firmID, id, name string) (*account.User, error) {
	ctx = ForFirm(ctx, firmID)
	user := &account.User{ID: id}
	err := a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewUpdate().Model(user).Set("name = ?", name).WherePK().Where("firm_id = ?", firmID).Where("removed_at IS NULL").
			Returning("*").Scan(ctx)
		if err != nil {
			return orNotFound(err, "There is no such user.", "renaming a user")
		}
		return a.db.record(ctx, tx, firmID, audit.New(audit.ProfileUpdated, id, "A user is called %s from now on.", name))
	})
	return user, err
}

func (a *Accounts) RenameFirm(ctx context.Context, id, name string) (*account.Firm, error) {
	ctx = ForFirm(ctx, id)
	firm := &account.Firm{ID: id}
	err := a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewUpdate().Model(firm).Set("name = ?", name).WherePK().Returning("*").Scan(ctx)
		if err != nil {
			return orNotFound(err, "There is no such firm.", "renaming a firm")
		}
		return a.db.record(ctx, tx, id, audit.New(audit.FirmUpdated, id, "The firm is called %s from now on.", name))
	})
	return firm, err
}

// anyFirm reports whether the installation has a firm, as that transaction or connection sees it.
func anyFirm(ctx context.Context, db bun.IDB) (bool, error) {
	found, err := db.NewSelect().Model((*account.Firm)(nil)).Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("looking for a firm: %w", err)
	}
	return found, nil
}
