package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
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
		return nil
	})
	if isUniqueViolation(err, "users_email_key") {
		return account.ErrEmailTaken
	}
	return err
}

func (a *Accounts) UserByEmail(ctx context.Context, email string) (*account.User, error) {
	ctx = AcrossFirms(ctx, SignIn)
	user := new(account.User)
	err := a.db.bun.NewSelect().Model(user).Relation("Firm").Where("u.email = ?", email).Scan(ctx)
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
	var users []*account.User
	err := a.db.bun.NewSelect().Model(&users).
		Where("u.firm_id = ?", firmID).Where("u.id IN (?)", bun.List(ids)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("finding users: %w", err)
	}
	byID := make(map[string]*account.User, len(users))
	for _, user := range users {
		byID[user.ID] = user
	}
	return byID, nil
}

func (a *Accounts) AddSession(ctx context.Context, session *account.Session, replaced string, ended account.Ended) error {
	ctx = AcrossFirms(ctx, SignIn)
	return a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*account.Session)(nil)).
			Where("user_id = ? AND (last_seen_at <= ? OR created_at <= ?) OR id = ?", session.UserID, ended.SeenAt, ended.CreatedAt, replaced).
			Exec(ctx)
		if err != nil {
			return fmt.Errorf("removing ended sessions: %w", err)
		}
		if _, err := tx.NewInsert().Model(session).Exec(ctx); err != nil {
			return fmt.Errorf("inserting a session: %w", err)
		}
		return nil
	})
}

// SessionByToken is one statement, which joins the user and the firm.
func (a *Accounts) SessionByToken(ctx context.Context, tokenHash []byte, ended account.Ended) (*account.Session, error) {
	ctx = AcrossFirms(ctx, SignIn)
	session := new(account.Session)
	err := a.db.bun.NewSelect().Model(session).Relation("User").Relation("User.Firm").
		Where("s.token_hash = ?", tokenHash).Where("s.last_seen_at > ?", ended.SeenAt).Where("s.created_at > ?", ended.CreatedAt).Scan(ctx)
	if notFound(err) {
		return nil, apperr.New(apperr.NotFound, "There is no such session.")
	}
	if err != nil {
		return nil, fmt.Errorf("finding a session: %w", err)
	}
	return session, nil
}

func (a *Accounts) SessionSeen(ctx context.Context, id string, at time.Time, byRequest bool) error {
	ctx = AcrossFirms(ctx, SignIn)
	update := a.db.bun.NewUpdate().Model((*account.Session)(nil)).Where("id = ?", id).Set("last_seen_at = greatest(last_seen_at, ?)", at)
	if byRequest {
		update = update.Set("last_request_at = greatest(last_request_at, ?)", at)
	}
	_, err := update.Exec(ctx)
	if err != nil {
		return fmt.Errorf("recording the use of a session: %w", err)
	}
	return nil
}

func (a *Accounts) RemoveSession(ctx context.Context, id string) error {
	ctx = AcrossFirms(ctx, SignIn)
	_, err := a.db.bun.NewDelete().Model((*account.Session)(nil)).Where("id = ?", id).Exec(ctx)
	if err != nil {
		return fmt.Errorf("ending a session: %w", err)
	}
	return nil
}

// anyFirm reports whether the installation has a firm, as that transaction or connection sees it.
func anyFirm(ctx context.Context, db bun.IDB) (bool, error) {
	found, err := db.NewSelect().Model((*account.Firm)(nil)).Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("looking for a firm: %w", err)
	}
	return found, nil
}
