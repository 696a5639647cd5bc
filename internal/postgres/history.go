package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/page"
	"watchkeeper/internal/watch"
)

// insertHistory writes changes of any number of watches: one statement, or none for no changes.
func insertHistory(ctx context.Context, tx bun.Tx, changes []*watch.FieldChange) error {
	if len(changes) == 0 {
		return nil
	}
	if _, err := tx.NewInsert().Model(&changes).Exec(ctx); err != nil {
		return fmt.Errorf("writing the history: %w", err)
	}
	return nil
}

// History is one statement, which reads no more than a page of each watch's history.
func (s *Watches) History(
	ctx context.Context, firmID string, watchIDs []string, fields []watch.WatchField, request page.Request,
) (map[string][]*watch.FieldChange, error) {
	ctx = ForFirm(ctx, firmID)
	histories := make(map[string][]*watch.FieldChange, len(watchIDs))
	if len(watchIDs) == 0 {
		return histories, nil
	}
	of := s.db.bun.NewSelect().Model((*watch.FieldChange)(nil)).Where("c.firm_id = ? AND c.watch_id = asked.id", firmID)
	if fields != nil {
		of = of.Where("c.field = ANY (?::text[])", pgdialect.Array(fields))
	}
	var place []any
	if request.Cursor != nil {
		place = []any{s.db.bun.NewSelect().Model((*watch.FieldChange)(nil)).ModelTableExpr("field_changes AS b").Column("b.place").
			Where("b.firm_id = ? AND b.watch_id = asked.id AND b.id = ?", firmID, request.Cursor[0])}
	}
	list := ordering{columns: []string{"c.place"}, descending: true}
	var changes []*watch.FieldChange
	err := list.order(s.db.bun.NewSelect().Model(&changes).ModelTableExpr("unnest(?::text[]) AS asked (id) CROSS JOIN LATERAL (?) AS c",
		pgdialect.Array(watchIDs), list.page(of, request, place...)), request).Scan(ctx)
	if err != nil {
		return nil, err
	}
	for _, change := range changes {
		histories[change.WatchID] = append(histories[change.WatchID], change)
	}
	return histories, nil
}

// FieldChangesByID is one statement.
func (s *Watches) FieldChangesByID(ctx context.Context, firmID string, ids []string) (map[string]*watch.FieldChange, error) {
	ctx = ForFirm(ctx, firmID)
	found := make(map[string]*watch.FieldChange, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var changes []*watch.FieldChange
	err := s.db.bun.NewSelect().Model(&changes).Where("c.firm_id = ? AND c.id IN (?)", firmID, bun.List(ids)).Scan(ctx)
	for _, change := range changes {
		found[change.ID] = change
	}
	return found, err
}
