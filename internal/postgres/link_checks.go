package postgres

import (
	"reflect"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// linkCheck is the row of a watch.LinkCheck. It begins and ends with the link's. Which rounds have the watch behind them is in it, too:
// only SQL reads that.
type linkCheck struct {
	bun.BaseModel `bun:"table:clio_link_checks,alias:c"`

	FirmID       string `bun:",pk"`
	WatchID      string `bun:",pk"`
	AskedAt      time.Time
	CheckedAt    time.Time
	LastSyncedAt *time.Time
}

func checksOf(links []*watch.ClioLink) []*linkCheck {
	checks := make([]*linkCheck, len(links))
	for i, link := range links {
		checks[i] = &linkCheck{
			FirmID: link.FirmID, WatchID: link.WatchID, AskedAt: link.AskedAt, CheckedAt: link.CheckedAt, LastSyncedAt: link.LastSyncedAt,
		}
	}
	return checks
}

// withChecks adds to a query of links when they were checked.
func withChecks(query *bun.SelectQuery) *bun.SelectQuery {
	return query.ColumnExpr("?TableColumns, c.asked_at, c.checked_at, c.last_synced_at").
		Join("JOIN clio_link_checks AS c ON c.firm_id = l.firm_id AND c.watch_id = l.watch_id")
}

// joinChecks joins to a query of watches when their links were checked.
const joinChecks = "LEFT JOIN clio_link_checks AS c ON c.firm_id = w.firm_id AND c.watch_id = w.id"

// withLinks adds the links, and when they were checked, to a query of watches.
func withLinks(query *bun.SelectQuery) *bun.SelectQuery {
	return query.Relation("ClioLink").Join(joinChecks).ColumnExpr("?TableColumns").
		ColumnExpr("c.asked_at AS clio_link__asked_at, c.checked_at AS clio_link__checked_at, c.last_synced_at AS clio_link__last_synced_at")
}

// passed says which round has watches behind it from now on: the column of clio_link_checks, and the round.
type passed struct {
	column  string
	roundID string
}

// roundColumn is the column of the rounds that a trigger starts. A manual round may pause while an automatic one passes over the same
// watches, and then continue.
func roundColumn(trigger syncer.SyncTrigger) string {
	if trigger == syncer.TriggerManual {
		return "manual_round_id"
	}
	return "automatic_round_id"
}

// checkMove is what a check changes, and for which watches. Times that are nil stay as they are.
type checkMove struct {
	askedAt, checkedAt, lastSyncedAt *time.Time
	watchIDs                         []string
}

// checkMoves are the changes of the links' checks: few, however many watches there are, as the watches of a run share its times. Links
// that weren't checked are among them only if a round passed over them.
func checkMoves(changes []change, round *passed) []*checkMove {
	var moves []*checkMove
	for _, c := range changes {
		if c.before.ClioLink == nil || c.after.ClioLink == nil {
			continue
		}
		before, after := c.before.ClioLink.LinkCheck, c.after.ClioLink.LinkCheck
		move := checkMove{
			askedAt: ifMoved(&before.AskedAt, &after.AskedAt), checkedAt: ifMoved(&before.CheckedAt, &after.CheckedAt),
			lastSyncedAt: ifMoved(before.LastSyncedAt, after.LastSyncedAt),
		}
		if round == nil && reflect.DeepEqual(move, checkMove{}) {
			continue
		}
		moves = addMove(moves, move, c.after.ID)
	}
	return moves
}

// ifMoved is the time if it moved: no check takes it back to nil.
func ifMoved(before, after *time.Time) *time.Time {
	if after == nil || before != nil && before.Equal(*after) {
		return nil
	}
	return after
}

func addMove(moves []*checkMove, move checkMove, watchID string) []*checkMove {
	for _, known := range moves {
		move.watchIDs = known.watchIDs
		if reflect.DeepEqual(*known, move) {
			known.watchIDs = append(known.watchIDs, watchID)
			return moves
		}
	}
	move.watchIDs = []string{watchID}
	return append(moves, &move)
}

// updateChecks is the statement that records checks; nil if there is nothing to record. Its values are those of the moves: a bulk update
// would write out each watch's. The caller holds the watches' locks.
func updateChecks(tx bun.IDB, firmID string, moves []*checkMove, round *passed) *bun.UpdateQuery {
	if len(moves) == 0 {
		return nil
	}
	rows := strings.TrimSuffix(strings.Repeat("(?::timestamptz, ?::timestamptz, ?::timestamptz, ?::text[]), ", len(moves)), ", ")
	var values []any
	for _, move := range moves {
		values = append(values, move.askedAt, move.checkedAt, move.lastSyncedAt, pgdialect.Array(move.watchIDs))
	}
	update := tx.NewUpdate().Model((*linkCheck)(nil)).
		TableExpr("(VALUES "+rows+") AS moved (asked_at, checked_at, last_synced_at, watch_ids)", values...).
		TableExpr("unnest(moved.watch_ids) AS checked (watch_id)").
		Set("asked_at = coalesce(moved.asked_at, c.asked_at), checked_at = coalesce(moved.checked_at, c.checked_at)").
		Set("last_synced_at = coalesce(moved.last_synced_at, c.last_synced_at)").
		Where("c.firm_id = ? AND c.watch_id = checked.watch_id", firmID)
	if round != nil {
		update = update.Set("? = ?", bun.Ident(round.column), round.roundID)
	}
	return update
}
