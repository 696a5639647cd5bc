package postgres

import (
	"time"

	"github.com/uptrace/bun"

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

// updateChecks adds to the parts of a statement what checks of links moved. Links that weren't checked are among them only if a round passed
// over them. The caller holds the watches' locks.
func updateChecks(written *parts, firmID string, changes []change, round *passed) {
	var ids []string
	var askedAt, checkedAt []time.Time
	var lastSyncedAt []*time.Time
	for _, c := range changes {
		if c.before.ClioLink == nil || c.after.ClioLink == nil {
			continue
		}
		before, after := &c.before.ClioLink.LinkCheck, &c.after.ClioLink.LinkCheck
		if round == nil && equal(before, after) {
			continue
		}
		ids, askedAt, checkedAt = append(ids, c.after.ID), append(askedAt, after.AskedAt), append(checkedAt, after.CheckedAt)
		lastSyncedAt = append(lastSyncedAt, after.LastSyncedAt)
	}
	if len(ids) == 0 {
		return
	}
	set := "asked_at = moved.asked_at, checked_at = moved.checked_at, last_synced_at = moved.last_synced_at"
	if round != nil {
		set += ", " + round.column + " = " + written.arg(round.roundID)
	}
	written.add("UPDATE clio_link_checks AS c SET " + set + " FROM unnest(" + written.arg(ids) + "::text[], " + written.arg(askedAt) + "::timestamptz[], " +
		written.arg(checkedAt) + "::timestamptz[], " + written.arg(lastSyncedAt) + "::timestamptz[]) AS moved (watch_id, asked_at, checked_at, last_synced_at)" +
		" WHERE c.firm_id = " + written.arg(firmID) + " AND c.watch_id = moved.watch_id")
}
