package postgres

import (
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"watchkeeper/internal/page"
	"watchkeeper/internal/watch"
)

// orderColumns returns the columns that a list is ordered by, in the order of WatchOrder.Keys, if one index has that order.
func orderColumns(field watch.WatchOrderField) []string {
	switch field {
	case watch.ByCreatedAt:
		return []string{"w.created_at", "w.id"}
	case watch.ByUpdatedAt:
		return []string{"w.updated_at", "w.id"}
	default:
		return []string{"w.sort_last", "w.sort_first", "w.id"}
	}
}

// listedColumns are what the watches of all sources are ordered by together.
func listedColumns(field watch.WatchOrderField) []string {
	if field == watch.ByLastSyncedAt {
		return []string{"w.synced_at", "w.id"}
	}
	return orderColumns(field)
}

// orderKeys are the values of the columns at the request's cursor, which WatchOrder has checked.
func orderKeys(order watch.WatchOrder, request page.Request) []any {
	keys := cursorKeys(request)
	if len(keys) == 0 || order.Field == watch.ByLastName {
		return keys
	}
	if at, err := time.Parse(time.RFC3339Nano, request.Cursor[0]); err == nil {
		keys[0] = at
	} else { // it was never synced
		keys[0] = pgtype.Timestamptz{InfinityModifier: pgtype.NegativeInfinity, Valid: true}
	}
	return keys
}
