package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/audit"
	"watchkeeper/internal/ident"
)

// AddSession locks the user (shared): a password that is changed, or a user who is removed, ends the new session too.
func (a *Accounts) AddSession(ctx context.Context, session *account.Session, replaced string, ended account.Ended) error {
	ctx = AcrossFirms(ctx, SignIn)
	return a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var id string
		err := tx.NewSelect().Model((*account.User)(nil)).Column("u.id").Where("u.id = ?", session.UserID).
			Where("u.password_hash = ?", string(session.User.PasswordHash)).Where("u.removed_at IS NULL").For("SHARE").Scan(ctx, &id)
		if notFound(err) {
			return account.ErrPasswordChanged
		}
		if err != nil {
			return fmt.Errorf("locking a user: %w", err)
		}
		if err := insertSession(ctx, tx, session, replaced, ended); err != nil {
			return err
		}
		return a.db.record(ctx, tx, session.User.FirmID, audit.New(audit.SignedIn, session.ID, "%s signed in.", session.User.Name).DoneBy(session.UserID))
	})
}

// insertSession is three statements.
func insertSession(ctx context.Context, tx bun.Tx, session *account.Session, replaced string, ended account.Ended) error {
	latest := tx.NewSelect().Model((*account.Session)(nil)).Column("s.id").Where("s.user_id = ?", session.UserID).
		Order("s.last_seen_at DESC").Limit(account.MaxSessions - 1)
	_, err := tx.NewDelete().Model((*account.Session)(nil)).
		Where("user_id = ? AND (last_seen_at <= ? OR created_at <= ? OR id NOT IN (?)) OR id = ?",
			session.UserID, ended.SeenAt, ended.CreatedAt, latest, replaced).
		Exec(ctx)
	if err != nil {
		return fmt.Errorf("removing ended sessions: %w", err)
	}
	if _, err := tx.NewInsert().Model(session).Exec(ctx); err != nil {
		return fmt.Errorf("inserting a session: %w", err)
	}
	return nil
}

func (a *Accounts) Sessions(ctx context.Context, user *account.User, ended account.Ended, limit int) ([]*account.Session, error) {
	ctx = ForFirm(ctx, user.FirmID)
	var sessions []*account.Session
	err := a.db.bun.NewSelect().Model(&sessions).Where("s.user_id = ?", user.ID).Where("s.last_seen_at > ?", ended.SeenAt).
		Where("s.created_at > ?", ended.CreatedAt).Order("s.created_at DESC", "s.id DESC").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing sessions: %w", err)
	}
	return sessions, nil
}

func (a *Accounts) RevokeSession(ctx context.Context, user *account.User, id string) error {
	ctx = ForFirm(ctx, user.FirmID)
	return a.endSession(ctx, user, id, audit.New(audit.SessionRevoked, id, "%s ended a session.", user.Name))
}

func (a *Accounts) SignOut(ctx context.Context, user *account.User, id string) error {
	ctx = ForFirm(ctx, user.FirmID)
	err := a.endSession(ctx, user, id, audit.New(audit.SignedOut, id, "%s signed out.", user.Name))
	if apperr.Is(err, apperr.NotFound) {
		return nil
	}
	return err
}

func (a *Accounts) endSession(ctx context.Context, user *account.User, id string, event *audit.AuditEvent) error {
	return a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		session := &account.Session{ID: id}
		err := tx.NewDelete().Model(session).WherePK().Where("user_id = ?", user.ID).Returning("*").Scan(ctx)
		if err != nil {
			return orNotFound(err, "There is no such session.", "ending a session")
		}
		return a.db.record(ctx, tx, user.FirmID, event)
	})
}

// What a session is read with.
var (
	sessionRows = newRowsOf[account.Session]("s")
	userRows    = newRowsOf[account.User]("u")
	firmRows    = newRowsOf[account.Firm]("f")
)

func scanSession(row pgx.CollectableRow) (*account.Session, error) {
	firm := new(account.Firm)
	user := &account.User{Firm: firm}
	session := &account.Session{User: user}
	return session, row.Scan(firmRows.targets(row, userRows.targets(row, sessionRows.targets(row, nil, session), user), firm)...)
}

// SessionByToken is one statement, which joins the user and the firm.
func (a *Accounts) SessionByToken(ctx context.Context, tokenHash []byte, ended account.Ended) (*account.Session, error) {
	ctx = AcrossFirms(ctx, SignIn)
	session, err := readOne(ctx, a.db, newSelect(sessionRows.columns+", "+userRows.columns+", "+firmRows.columns,
		` FROM sessions AS s JOIN users AS u ON u.id = s.user_id JOIN firms AS f ON f.id = u.firm_id
		WHERE s.token_hash = ? AND s.last_seen_at > ? AND s.created_at > ? AND u.removed_at IS NULL`,
		tokenHash, ended.SeenAt, ended.CreatedAt), scanSession)
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

// ChangePassword locks the user, which sign-ins wait for.
func (a *Accounts) ChangePassword(ctx context.Context, user *account.User, hash account.PasswordHash, keptSession string) error {
	ctx = ForFirm(ctx, user.FirmID)
	return a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := setPassword(ctx, tx.NewUpdate().Where("password_hash = ?", string(user.PasswordHash)), user.ID, hash)
		if err != nil {
			return err
		}
		_, err = tx.NewDelete().Model((*account.Session)(nil)).Where("user_id = ?", user.ID).Where("id <> ?", keptSession).Exec(ctx)
		if err != nil {
			return fmt.Errorf("ending a user's other sessions: %w", err)
		}
		if _, err := tx.NewDelete().Model((*account.PasswordReset)(nil)).Where("user_id = ?", user.ID).Exec(ctx); err != nil {
			return fmt.Errorf("ending a user's password reset: %w", err)
		}
		return a.db.record(ctx, tx, user.FirmID, audit.New(audit.PasswordChanged, user.ID, "%s changed their password.", user.Name))
	})
}

// setPassword is account.ErrPasswordChanged if the query matches no member.
func setPassword(ctx context.Context, query *bun.UpdateQuery, userID string, hash account.PasswordHash) error {
	changed, err := query.Model((*account.User)(nil)).Set("password_hash = ?", string(hash)).
		Where("id = ?", userID).Where("removed_at IS NULL").Exec(ctx)
	if err != nil {
		return fmt.Errorf("storing a password: %w", err)
	}
	if count, err := changed.RowsAffected(); err != nil || count == 0 {
		return errors.Join(account.ErrPasswordChanged, err)
	}
	return nil
}

// RecordRefusal does the same whether or not somebody has the address, and doesn't wait for the disk: how long it takes reveals nothing.
func (a *Accounts) RecordRefusal(ctx context.Context, email string, event *audit.AuditEvent) error {
	ctx = AcrossFirms(ctx, SignIn)
	return a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "SET LOCAL synchronous_commit = off"); err != nil {
			return fmt.Errorf("preparing to record a refusal: %w", err)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO audit_events (id, firm_id, at, action, subject_id, summary)
			SELECT ?, u.firm_id, ?, ?, u.id, ? FROM users AS u WHERE u.email = ? AND u.removed_at IS NULL`,
			ident.New(ident.AuditEvent), a.db.clock.Now().UTC(), event.Action, event.Summary, email)
		if err != nil {
			return fmt.Errorf("recording a refusal: %w", err)
		}
		return nil
	})
}
