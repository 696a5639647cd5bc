package syncer

import "time"

const (
	// BatchSize is how many watches one run takes at most: what Clio is asked for with two requests (docs/rules.md#rounds).
	BatchSize = 100
	// roundPause is how long after a run has ended a manual run goes on with its round.
	roundPause = time.Hour
)

// continuesRound tells whether a manual run goes on with the round of the manual run that ended last, rather than begin one
// (docs/rules.md#rounds). last is nil when there was none.
func continuesRound(last *SyncRun, now time.Time) bool {
	return last != nil && !last.endedRound() && last.Remaining > 0 && last.FinishedAt != nil && now.Sub(*last.FinishedAt) <= roundPause
}

// endedRound tells whether the run ended its round: canceled, or failed for Clio's sake.
func (r *SyncRun) endedRound() bool {
	return r.Status == RunCanceled || r.Status == RunFailed && r.ProblemCode != nil && r.ProblemCode.isClios()
}

func (p SyncProblem) isClios() bool {
	return p == ProblemNotConnected || p == ProblemUnavailable || p == ProblemRateLimited
}

// goesOn tells whether the round goes on by itself after the run (docs/rules.md#rounds).
func (r *SyncRun) goesOn() bool {
	return r.Scope == ScopeAll && !r.DryRun && r.Trigger != TriggerManual && !r.endedRound() && r.Remaining > 0
}

// timeout is how long a run keeps trying a Clio that is down.
func (r *SyncRun) retryTimeout() time.Duration {
	if r.Trigger == TriggerManual {
		return 15 * time.Minute
	}
	return 2 * time.Hour
}

// nextTry is when to try a Clio again that is down since then: after five seconds, then ever later, up to every minute, and a last
// time when the run's retryTimeout is over. chance, from 0 to 1, takes up to a quarter off each wait, so that the runs of many firms that met
// the same failure don't come back together.
func (r *SyncRun) nextTry(since, now time.Time, chance float64) (at time.Time, inTime bool) {
	end := since.Add(r.retryTimeout())
	wait := min(max(now.Sub(since), 5*time.Second), time.Minute)
	at = now.Add(wait - time.Duration(chance*float64(wait/4))).Truncate(time.Microsecond) // as PostgreSQL keeps it
	if at.After(end) {
		at = end
	}
	return at, now.Before(end)
}
