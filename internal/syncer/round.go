package syncer

import "time"

const (
	// BatchSize is the most watches that one run chooses: what two requests to Clio can ask for (docs/rules.md#rounds).
	BatchSize = 100
	// roundPause is how long after its last run a manual round is continued by the next manual run.
	roundPause = time.Hour
)

// Rounds are those from which a new run chooses its watches: the first of them that has any left (docs/rules.md#rounds). last is the
// firm's manual run that ended last; nil if there is none, or the run isn't a manual one.
func (r *SyncRun) Rounds(last *SyncRun) []string {
	if r.Trigger == TriggerManual && last != nil && last.isContinuedAt(r.CreatedAt) {
		return []string{last.RoundID, r.RoundID}
	}
	return []string{r.RoundID}
}

// isContinuedAt reports whether a manual run that starts now continues the round of this manual run.
func (r *SyncRun) isContinuedAt(now time.Time) bool {
	return !r.endedRound() && r.Remaining > 0 && r.FinishedAt != nil && now.Sub(*r.FinishedAt) <= roundPause
}

// endedRound reports whether the run ended its round: canceled, or failed because of Clio.
func (r *SyncRun) endedRound() bool {
	return r.Status == RunCanceled || r.Status == RunFailed && r.ProblemCode != nil && r.ProblemCode.isClios()
}

func (p SyncProblem) isClios() bool {
	return p == ProblemNotConnected || p == ProblemUnavailable || p == ProblemRateLimited
}

// FollowUp is what has to happen in the transaction that ends a run.
type FollowUp struct {
	// Next is the run that continues the round automatically; nil if none does.
	Next *SyncRun
	// CatchUp says that the schedule has to become due again (SyncSettings.CatchUp).
	CatchUp bool
}

// FollowUp says what follows a run that has finished.
func (r *SyncRun) FollowUp() FollowUp {
	if !r.continues() {
		return FollowUp{CatchUp: r.needsCatchUp()}
	}
	next := newRun(r.FirmID, r.RequestedByID, r.Trigger, ScopeAll, false, *r.FinishedAt)
	next.RoundID = r.RoundID
	return FollowUp{Next: next}
}

// continues reports whether the round continues automatically after the run (docs/rules.md#rounds).
func (r *SyncRun) continues() bool {
	return r.Scope == ScopeAll && !r.DryRun && r.Trigger != TriggerManual && !r.endedRound() && r.Remaining > 0
}

// needsCatchUp reports whether the run was scheduled and could compare nothing, because the firm has to reconnect
// (docs/rules.md#due-times).
func (r *SyncRun) needsCatchUp() bool {
	return r.Trigger == TriggerSchedule && r.Status == RunFailed && r.ProblemCode != nil && *r.ProblemCode == ProblemNotConnected
}

// retryTimeout is how long a run keeps trying a Clio that is down (docs/rules.md#waiting-for-clio).
func (r *SyncRun) retryTimeout() time.Duration {
	if r.Trigger == TriggerManual {
		return 15 * time.Minute
	}
	return 2 * time.Hour
}

// nextTry is when to try a Clio again that is down since then: after five seconds, then with growing waits of up to a minute, and a last
// time when the run's retryTimeout ends. chance, from 0 to 1, shortens each wait by up to a quarter, so that the runs of many firms that
// met the same failure don't retry together. inTime is false once the timeout is over.
func (r *SyncRun) nextTry(since, now time.Time, chance float64) (at time.Time, inTime bool) {
	end := since.Add(r.retryTimeout())
	wait := min(max(now.Sub(since), 5*time.Second), time.Minute)
	at = now.Add(wait - time.Duration(chance*float64(wait/4))).Truncate(time.Microsecond) // as PostgreSQL keeps it
	if at.After(end) {
		at = end
	}
	return at, now.Before(end)
}
