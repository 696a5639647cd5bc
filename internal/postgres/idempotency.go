package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/idempotency"
)

// Answers keeps requests that clients may send several times, with their first answers.
type Answers struct {
	db *DB
}

var _ idempotency.Store = (*Answers)(nil)

// NewAnswers returns the answers of the database.
func NewAnswers(db *DB) *Answers {
	return &Answers{db: db}
}

// idempotentRequest is a row.
type idempotentRequest struct {
	bun.BaseModel `bun:"table:idempotent_requests,alias:q"`

	FirmID       string `bun:",pk"`
	Caller       string `bun:",pk"`
	KeyHash      []byte `bun:",pk"`
	Fingerprint  []byte
	Claim        string
	ClaimedUntil *time.Time
	Answer       []byte
	CreatedAt    time.Time
}

func rowOf(request idempotency.Request) *idempotentRequest {
	return &idempotentRequest{
		FirmID: request.FirmID, Caller: request.Caller, KeyHash: request.KeyHash[:], Fingerprint: request.Fingerprint[:],
	}
}

// Claim is one statement, and another one where there is nothing to claim.
func (a *Answers) Claim(
	ctx context.Context, request idempotency.Request, claim string, sentSince, now, until time.Time,
) (idempotency.State, []byte, error) {
	ctx = ForFirm(ctx, request.FirmID)
	row := rowOf(request)
	row.Claim, row.ClaimedUntil, row.CreatedAt = claim, &until, now
	result, err := a.db.bun.NewInsert().Model(row).On("CONFLICT (firm_id, caller, key_hash) DO UPDATE").
		Set("fingerprint = excluded.fingerprint, claim = excluded.claim, claimed_until = excluded.claimed_until").
		Set("answer = NULL, created_at = excluded.created_at").
		Where("q.created_at < ? OR (q.claimed_until <= ? AND q.fingerprint = excluded.fingerprint)", sentSince, now).Exec(ctx)
	if err != nil {
		return 0, nil, fmt.Errorf("claiming a request: %w", err)
	}
	if claimed, err := result.RowsAffected(); err != nil || claimed > 0 {
		return idempotency.Claimed, nil, err
	}
	known := rowOf(request)
	err = a.db.bun.NewSelect().Model(known).WherePK().Scan(ctx)
	switch {
	case notFound(err):
		return idempotency.UnderWay, nil, nil // it was released meanwhile, and can be claimed now
	case err != nil:
		return 0, nil, fmt.Errorf("finding a request: %w", err)
	case string(known.Fingerprint) != string(request.Fingerprint[:]):
		return idempotency.Reused, nil, nil
	case known.ClaimedUntil != nil:
		return idempotency.UnderWay, nil, nil
	default:
		return idempotency.Answered, known.Answer, nil
	}
}

// Keep is two statements.
func (a *Answers) Keep(
	ctx context.Context, request idempotency.Request, claim string, answer []byte, limits idempotency.Limits,
) error {
	ctx = ForFirm(ctx, request.FirmID)
	row := rowOf(request)
	row.Answer = answer
	_, err := a.db.bun.NewUpdate().Model(row).Column("answer", "claimed_until").WherePK().Where("q.claim = ?", claim).Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing an answer: %w", err)
	}
	_, err = a.db.bun.NewRaw(`
		DELETE FROM idempotent_requests AS q USING (
			SELECT key_hash, row_number() OVER newest AS place, sum(coalesce(octet_length(answer), 0)) OVER newest AS bytes
			FROM idempotent_requests WHERE firm_id = ? AND caller = ? AND claimed_until IS NULL
			WINDOW newest AS (ORDER BY created_at DESC, key_hash)
		) AS kept
		WHERE q.firm_id = ? AND q.caller = ? AND q.key_hash = kept.key_hash AND (kept.place > ? OR kept.bytes > ?)`,
		request.FirmID, request.Caller, request.FirmID, request.Caller, limits.Requests, limits.Bytes).Exec(ctx)
	if err != nil {
		return fmt.Errorf("forgetting old answers: %w", err)
	}
	return nil
}

// Release is one statement.
func (a *Answers) Release(ctx context.Context, request idempotency.Request, claim string) error {
	ctx = ForFirm(ctx, request.FirmID)
	_, err := a.db.bun.NewDelete().Model(rowOf(request)).WherePK().Where("q.claim = ?", claim).Exec(ctx)
	if err != nil {
		return fmt.Errorf("releasing a request: %w", err)
	}
	return nil
}

// Prune is one statement, for the requests of all firms.
func (a *Answers) Prune(ctx context.Context, before time.Time) error {
	ctx = AcrossFirms(ctx, Upkeep)
	_, err := a.db.bun.NewDelete().Model((*idempotentRequest)(nil)).Where("q.created_at < ?", before).Exec(ctx)
	if err != nil {
		return fmt.Errorf("deleting old requests: %w", err)
	}
	return nil
}
