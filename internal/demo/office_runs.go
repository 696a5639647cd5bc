package demo

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// How long a sync of all watches may take, and how often the tour looks whether it has ended.
const (
	runTimeout = time.Minute
	runPoll    = 50 * time.Millisecond
)

// syncRun is the API's SyncRun. null is "".
type syncRun struct {
	ID, Status, Problem string
	Counts              runCounts
}

// runCounts is the API's SyncCounts.
type runCounts struct {
	Selected, Processed, Updated, Missing, Failed, Conflicts, IdentityChanged int
}

const runSelection = `{ id status problem counts { selected processed updated missing failed conflicts identityChanged } }`

// previewOffice makes a dry run of all watches.
func (t *tour) previewOffice(ctx context.Context) (string, error) {
	run, err := t.runAll(ctx, true)
	if err != nil {
		return "", err
	}
	t.officePreview = run.Counts
	return fmt.Sprintf("%d of %d would be updated, %d need a decision", run.Counts.Updated, run.Counts.Selected, run.Counts.Conflicts), nil
}

// syncOffice syncs all watches, as the dry run predicted, and leaves conflicts to settle.
func (t *tour) syncOffice(ctx context.Context) (string, error) {
	run, err := t.runAll(ctx, false)
	if err == nil {
		err = expect("what came of the sync, compared with the dry run", t.officePreview, run.Counts)
	}
	if err != nil {
		return "", err
	}
	open, err := queryField[struct{ OpenConflicts int }](ctx, t.api, `{ answer: syncStatus { openConflicts } }`, nil)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("%d updated, %d to settle, %d whose name or birth date changed, %d not found",
		run.Counts.Updated, run.Counts.Conflicts, run.Counts.IdentityChanged, run.Counts.Missing)
	return text, expect("open conflicts", run.Counts.Conflicts, open.OpenConflicts)
}

// runAll syncs all watches, waits for the end of the run, and checks its counts.
func (t *tour) runAll(ctx context.Context, dry bool) (syncRun, error) {
	started, err := mutate[struct{ Run syncRun }](ctx, t.api, `mutation($dry: Boolean!) {
		answer: syncAllWatches(dryRun: $dry) { run `+runSelection+` userErrors { code message path } }
	}`, variables{"dry": dry})
	if err != nil {
		return syncRun{}, err
	}
	run, err := t.awaitRun(ctx, started.Run.ID)
	if err != nil {
		return syncRun{}, err
	}
	want := syncRun{ID: run.ID, Status: "SUCCEEDED", Counts: officeCounts(len(t.office) + len(scenes()))}
	want.Counts.Updated = run.Counts.Updated
	if run.Counts.Updated == 0 {
		return syncRun{}, errors.New("nothing was updated")
	}
	return run, expect("the sync of all watches", want, run)
}

// awaitRun returns a run once it has ended.
func (t *tour) awaitRun(ctx context.Context, id string) (syncRun, error) {
	ctx, cancel := context.WithTimeout(ctx, runTimeout)
	defer cancel()
	poll := time.NewTicker(runPoll)
	defer poll.Stop()
	for {
		run, err := queryField[syncRun](ctx, t.api, `query($id: ID!) { answer: syncRun(id: $id) `+runSelection+` }`, variables{"id": id})
		if err != nil || run.Status != "QUEUED" && run.Status != "RUNNING" {
			return run, err
		}
		select {
		case <-poll.C:
		case <-ctx.Done():
			return run, fmt.Errorf("waiting for the run: %w", ctx.Err())
		}
	}
}
