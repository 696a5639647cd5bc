package bench_test

import (
	"context"
	"fmt"
	"time"

	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// filters are those of the list of watches, each alone, with and without watches that they find.
var filters = []struct {
	name string
	watch.WatchFilter
}{
	{"all", watch.WatchFilter{}},
	{"active", watch.WatchFilter{Status: new(watch.Active)}},
	{"archived", watch.WatchFilter{Status: new(watch.StatusArchived)}},
	{"linked", watch.WatchFilter{ClioLinked: new(true)}},
	{"not linked: none", watch.WatchFilter{ClioLinked: new(false)}},
	{"found in Clio", watch.WatchFilter{LinkState: new(watch.Linked)}},
	{"missing: none", watch.WatchFilter{LinkState: new(watch.Missing)}},
	{"with conflicts", watch.WatchFilter{HasConflicts: new(true)}},
	{"without conflicts", watch.WatchFilter{HasConflicts: new(false)}},
	{"needs attention", watch.WatchFilter{NeedsAttention: new(true)}},
	{"needs no attention", watch.WatchFilter{NeedsAttention: new(false)}},
	{"rare words", watch.WatchFilter{Search: new(rareWords)}},
	{"common words", watch.WatchFilter{Search: new(commonWords)}},
	{"active, rare words", watch.WatchFilter{Search: new(rareWords), Status: new(watch.Active)}},
	{"active, common words", watch.WatchFilter{Search: new(commonWords), Status: new(watch.Active)}},
	{"linked, common words", watch.WatchFilter{Search: new(commonWords), ClioLinked: new(true)}},
	{"not linked: none, common words", watch.WatchFilter{Search: new(commonWords), ClioLinked: new(false)}},
	{"needs attention, common words", watch.WatchFilter{Search: new(commonWords), NeedsAttention: new(true)}},
	{"a letter", watch.WatchFilter{Search: new("a")}},
	{"two letters: none", watch.WatchFilter{Search: new("qq")}},
	{"a tag", watch.WatchFilter{Tags: []string{"tag7"}}},
	{"a tag: none", watch.WatchFilter{Tags: []string{"none"}}},
	{"high priority", watch.WatchFilter{PriorityLevels: []watch.PriorityLevel{watch.High}}},
	{"low priority: none", watch.WatchFilter{PriorityLevels: []watch.PriorityLevel{watch.Low}}},
	{"a case type", watch.WatchFilter{CaseTypes: []watch.CaseType{watch.EstatePlanning}}},
	{"a case type: none", watch.WatchFilter{CaseTypes: []watch.CaseType{watch.Probate}}},
	{"assigned", watch.WatchFilter{AssignedTo: new("Lee Park")}},
	{"assigned: none", watch.WatchFilter{AssignedTo: new("Nobody")}},
}

// listReads are the list's first and last pages by each order, one from within, and the first by each filter.
func listReads(store *postgres.Watches, firm string) (reads []read) {
	list := func(name string, filter watch.WatchFilter, order watch.WatchOrder, request page.Request) {
		reads = append(reads, read{name, func(ctx context.Context) error {
			_, err := store.Watches(ctx, firm, filter, order, request, watch.ShowAll)
			return err
		}})
	}
	for _, field := range []watch.WatchOrderField{watch.ByLastName, watch.ByCreatedAt, watch.ByUpdatedAt, watch.ByLastSyncedAt} {
		for _, backward := range []bool{false, true} {
			list(fmt.Sprintf("page by %s, last: %t", field, backward), watch.WatchFilter{}, watch.WatchOrder{Field: field, Direction: watch.Ascending},
				page.Request{Size: 50, Backward: backward})
		}
	}
	list("page from within", watch.WatchFilter{}, watch.WatchOrder{Field: watch.ByLastName, Direction: watch.Ascending},
		page.Request{Size: 50, Cursor: []string{"moreno", "max", "watch_"}})
	list("page by LAST_SYNCED_AT, from within", watch.WatchFilter{}, watch.WatchOrder{Field: watch.ByLastSyncedAt, Direction: watch.Descending},
		page.Request{Size: 50, Cursor: []string{time.Now().Add(-time.Minute).Format(time.RFC3339Nano), "watch_"}})
	for _, filter := range filters[1:] {
		list("page: "+filter.name, filter.WatchFilter, watch.WatchOrder{Field: watch.ByLastName, Direction: watch.Ascending}, page.Request{Size: 50})
		list("page by last sync: "+filter.name, filter.WatchFilter, watch.WatchOrder{Field: watch.ByLastSyncedAt, Direction: watch.Descending}, page.Request{Size: 50})
	}
	return reads
}

// countReads are the counts by each filter.
func countReads(store *postgres.Watches, firm string) (reads []read) {
	for _, filter := range filters {
		reads = append(reads, read{"count: " + filter.name, func(ctx context.Context) error {
			_, err := store.CountWatches(ctx, firm, filter.WatchFilter)
			return err
		}})
	}
	return reads
}

func runReads(runs *postgres.Runs, firm string) []read {
	ten := page.Request{Size: 10}
	list := func(filter syncer.SyncRunFilter) func(ctx context.Context) error {
		return func(ctx context.Context) error {
			_, err := runs.Runs(ctx, firm, filter, ten)
			return err
		}
	}
	id := "run_" + fmt.Sprintf("%026d", 1001)
	return []read{
		{"runs", list(syncer.SyncRunFilter{})},
		{"runs of a round", list(syncer.SyncRunFilter{RoundID: new("round_3")})},
		{"runs that failed: none", list(syncer.SyncRunFilter{Statuses: []syncer.SyncRunStatus{syncer.RunFailed}})},
		{"one run", func(ctx context.Context) error { _, err := runs.Run(ctx, firm, id); return err }},
		{"results of a run", func(ctx context.Context) error {
			_, err := runs.ResultsOfRuns(ctx, firm, []string{id}, syncer.ResultFilter{}, ten)
			return err
		}},
		{"status", func(ctx context.Context) error { _, _, err := runs.Status(ctx, firm); return err }},
		{"open conflicts", func(ctx context.Context) error { _, err := runs.OpenConflicts(ctx, firm, nil, ten); return err }},
		{"count of open conflicts", func(ctx context.Context) error { _, err := runs.CountOpenConflicts(ctx, firm, nil); return err }},
		{"upkeep: due firms", func(ctx context.Context) error {
			_, _, err := runs.StartDueRuns(ctx, "us", time.Now(), 100, func(*syncer.SyncSettings) *syncer.SyncRun { return nil })
			return err
		}},
		{"upkeep: lost runs", func(ctx context.Context) error { _, err := runs.EnqueueLost(ctx); return err }},
		{"upkeep: old results", func(ctx context.Context) error {
			_, err := runs.PruneResults(ctx, time.Now().AddDate(-1, 0, 0), time.Now(), 100)
			return err
		}},
	}
}
