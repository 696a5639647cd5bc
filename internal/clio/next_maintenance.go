package clio

import "time"

const (
	// minWait and maxWait bound the time between two checks of an unhealthy connection.
	minWait = 30 * time.Second
	maxWait = 15 * time.Minute
	// fullWait is the jitter that doesn't shorten the wait.
	fullWait = 1.0
)

// nextMaintenance returns when the connection is due for maintenance; nil when it can't be used, or is healthy and its token
// never expires.
//
// A healthy connection is due when its token is. An unhealthy one waits as long as the trouble has lasted, within bounds: the
// waits grow exponentially without a counter. The jitter, from 0 to 1, chooses a time between half and all of that wait, so that
// connections that failed together aren't checked together.
func (i *Integration) nextMaintenance(now time.Time, jitter float64) *time.Time {
	if !i.Usable() {
		return nil
	}
	since := i.unhealthySince(now)
	if since == nil {
		return i.TokenExpiresAt
	}
	half := min(max(now.Sub(*since), minWait), maxWait) / 2
	wait := half + time.Duration(jitter*float64(half))
	at := now.Add(wait.Truncate(time.Microsecond))
	return &at
}

// unhealthySince returns since when Clio has been failing or a refresh has been overdue, whichever began first; nil when the
// connection is healthy.
func (i *Integration) unhealthySince(now time.Time) *time.Time {
	var since *time.Time
	if i.State == Unreachable {
		since = &now
		if i.ProblemSince != nil {
			since = i.ProblemSince
		}
	}
	if i.tokenDue(now) && (since == nil || i.TokenExpiresAt.Before(*since)) {
		since = i.TokenExpiresAt
	}
	return since
}
