package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/page"
	"watchkeeper/internal/watch"
)

// changeRows are all columns of changes.
var changeRows = newRowsOf[watch.FieldChange]("c")

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
	of := newSelect(changeRows.columns, " FROM unnest(?::text[]) AS asked (id) CROSS JOIN LATERAL"+
		" (SELECT * FROM field_changes AS c WHERE c.firm_id = ? AND c.watch_id = asked.id", watchIDs, firmID)
	if fields != nil {
		of = of.Where("c.field = ANY (?)", fields)
	}
	list := ordering{columns: []string{"c.place"}, descending: true}
	if request.Cursor != nil {
		of = of.Where("c.place "+list.operator(request)+
			" (SELECT b.place FROM field_changes AS b WHERE b.firm_id = ? AND b.watch_id = asked.id AND b.id = ?)", firmID, request.Cursor[0])
	}
	changes, err := read(ctx, s.db, of.page(list, request).Add(") AS c").orderBy(list, request), changeRows.scan())
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
	query := newSelect(changeRows.columns, " FROM field_changes AS c WHERE c.firm_id = ? AND c.id = ANY (?)", firmID, ids)
	return readByID(ctx, s.db, ids, query, changeRows.scan(), func(change *watch.FieldChange) string { return change.ID })
}
