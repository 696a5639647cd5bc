package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
)

// maxReadAgain is how often a statement is sent again, as database/sql does, that a broken connection didn't send.
const maxReadAgain = 2

// read returns the rows of a statement outside of a transaction. It waits for its connection like Bun's statements, and is shown to the
// same hooks.
func read[T any](ctx context.Context, db *DB, s *statement, scan pgx.RowToFunc[T]) (rows []T, err error) {
	sql, arguments := s.sql(db.bun)
	ctx, told := db.tellHooks(ctx, s, sql)
	defer func() { told(err) }()
	for again := 0; ; again++ {
		rows, err = readOnce(ctx, db, sql, arguments, scan)
		if err == nil || again == maxReadAgain || !pgconn.SafeToRetry(err) {
			return rows, orTimedOut(ctx, err)
		}
	}
}

func readOnce[T any](ctx context.Context, db *DB, sql string, arguments []any, scan pgx.RowToFunc[T]) ([]T, error) {
	conn, giveBack, err := takeShared(ctx, db.conns, db.pool.Acquire)
	if err != nil {
		return nil, err
	}
	defer giveBack()
	defer conn.Release()
	rows, err := conn.Query(ctx, sql, arguments...)
	if err != nil {
		return nil, err
	}
	return pgx.AppendRows([]T{}, rows, scan)
}

// readOne is read for one row; pgx.ErrNoRows if there is none.
func readOne[T any](ctx context.Context, db *DB, s *statement, scan pgx.RowToFunc[*T]) (*T, error) {
	rows, err := read(ctx, db, s, scan)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, pgx.ErrNoRows
	}
	return rows[0], nil
}

// readCount is readOne for a count.
func readCount(ctx context.Context, db *DB, s *statement) (int, error) {
	count, err := readOne(ctx, db, s, pgx.RowToAddrOf[int])
	if err != nil {
		return 0, err
	}
	return *count, nil
}

// readByID is read for rows with those ids, by id; nothing is asked for no ids.
func readByID[T any](
	ctx context.Context, db *DB, ids []string, s *statement, scan pgx.RowToFunc[*T], idOf func(*T) string,
) (map[string]*T, error) {
	found := make(map[string]*T, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := read(ctx, db, s, scan)
	for _, row := range rows {
		found[idOf(row)] = row
	}
	return found, err
}

// tellHooks tells Bun's hooks of a statement, and returns what tells them of its end.
func (db *DB) tellHooks(ctx context.Context, s *statement, sql string) (context.Context, func(error)) {
	if len(db.hooks) == 0 {
		return ctx, func(error) {}
	}
	event := &bun.QueryEvent{DB: db.bun, Query: sql, QueryTemplate: s.text.String(), QueryArgs: s.bunValues(), StartTime: time.Now()}
	for _, hook := range db.hooks {
		ctx = hook.BeforeQuery(ctx, event)
	}
	return ctx, func(err error) {
		event.Err = err
		for i := len(db.hooks) - 1; i >= 0; i-- {
			db.hooks[i].AfterQuery(ctx, event)
		}
	}
}
