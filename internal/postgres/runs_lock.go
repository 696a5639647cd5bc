package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// What the end of a run reads of watches and their links.
var (
	endedWatches = newRowsOf[watch.Watch]("w")
	endedLinks   = newRowsOf[watch.ClioLink]("l")
)

// rulesOf are a firm's rules, $1, as columns; where it chose nothing, $2 is its policy.
const rulesOf = `coalesce((SELECT s.conflict_resolution FROM sync_settings AS s WHERE s.firm_id = $1), $2) AS policy,
	(SELECT coalesce(jsonb_object_agg(m.practice_area_id, m.case_type), '{}') FROM case_type_mappings AS m WHERE m.firm_id = $1) AS mapping`

// lockingOf is the statement that locks a run and then, in the order of their ids, those of its watches that there are, and reads the
// firm's rules. The run is a row of its own before the watches, or none at all. No watch is locked before the run, as each depends on it,
// and none without it. A row that was waited for is read as it is then. A new run isn't stored yet, and a dry one leaves watches unlocked. Each
// watch is looked up by itself (each, statement.go).
func lockingOf(run *syncer.SyncRun, isNew bool) string {
	locked, watchLock := "SELECT r.status, "+rulesOf+" FROM sync_runs AS r WHERE r.firm_id = $1 AND r.id = $3 FOR UPDATE OF r", " FOR UPDATE"
	if isNew {
		locked = "SELECT $3::text AS status, " + rulesOf
	}
	if run.DryRun {
		watchLock = ""
	}
	return "WITH run AS (" + locked + "), watch AS (SELECT " + endedWatches.columns +
		` FROM (SELECT unnest($4::text[]) COLLATE "C" AS id ORDER BY 1) AS wanted,
			LATERAL (SELECT * FROM watches AS t WHERE t.id = wanted.id AND t.firm_id = $1 AND EXISTS (SELECT FROM run) OFFSET 0` + watchLock +
		") AS w) SELECT run.*, watch.* FROM run FULL JOIN watch ON FALSE"
}

// linksOfWatches reads the links of watches, and which of these have open conflicts.
var linksOfWatches = "SELECT " + endedLinks.columns + `, c.asked_at, c.checked_at, c.last_synced_at,
	EXISTS (SELECT FROM sync_conflicts AS k WHERE k.firm_id = l.firm_id AND k.watch_id = l.watch_id)
	FROM unnest($2::text[]) AS wanted,
		LATERAL (SELECT * FROM clio_links AS t WHERE t.watch_id = wanted AND t.firm_id = $1 OFFSET 0) AS l,
		LATERAL (SELECT * FROM clio_link_checks AS t WHERE t.watch_id = wanted AND t.firm_id = $1 OFFSET 0) AS c`

// lock begins the transaction, locks the run and its watches, and reads their links and the firm's rules: two statements and one round trip.
// The links are read by a statement of their own, which sees them as they are once the locks are held. It returns false when the run has
// ended in the meantime.
func (f *finishing) lock(ctx context.Context) (open bool, err error) {
	third := any(f.run.ID)
	if f.isNew {
		third = f.run.Status
	}
	run := step{
		sql:  lockingOf(f.run, f.isNew),
		args: []any{f.run.FirmID, syncer.DefaultSettings(f.run.FirmID).ConflictResolution, third, f.run.WatchIDs},
		read: f.readLocked,
	}
	links := step{sql: linksOfWatches, args: []any{f.run.FirmID, f.run.WatchIDs}, read: f.readLinks}
	f.watches, f.contested = map[string]*watch.Watch{}, map[string]bool{}
	if err := f.pipe.send(ctx, begin, run, links); err != nil {
		return false, fmt.Errorf("locking a run: %w", err)
	}
	return f.found && !f.run.Ended(), nil
}

func (f *finishing) readLocked(rows pgx.Rows) error {
	into := make([]any, 0, len(rows.FieldDescriptions()))
	for rows.Next() {
		if rows.RawValues()[0] != nil {
			f.found = true
			into = append(into[:0], &f.run.Status, &f.rules.Policy, &f.rules.Mapping)
			if err := rows.Scan(append(into, make([]any, len(endedWatches.fields))...)...); err != nil {
				return err
			}
			continue
		}
		w := new(watch.Watch)
		if err := rows.Scan(endedWatches.targets(rows, append(into[:0], nil, nil, nil), w)...); err != nil {
			return err
		}
		f.watches[w.ID] = w
	}
	return nil
}

func (f *finishing) readLinks(rows pgx.Rows) error {
	into := make([]any, 0, len(rows.FieldDescriptions()))
	for rows.Next() {
		link, contested := new(watch.ClioLink), false
		into = append(endedLinks.targets(rows, into[:0], link), &link.AskedAt, &link.CheckedAt, &link.LastSyncedAt, &contested)
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if w := f.watches[link.WatchID]; w != nil {
			w.ClioLink, f.contested[w.ID] = link, contested
		}
	}
	return nil
}
