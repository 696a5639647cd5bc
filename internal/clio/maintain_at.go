package clio

import "time"

const (
	// shortestWait and longestWait bound how long a connection in trouble is left alone.
	shortestWait = 30 * time.Second
	longestWait  = 15 * time.Minute
	// wholeWait is the share of a wait that isn't cut short.
	wholeWait = 1.0
)

// nextMaintenance is when the connection is to be looked after next; nil: it can't be used, or is well and its token has no end.
//
// A connection that is well is left alone until its token is due. One in trouble waits for as long as the trouble has
// lasted, within bounds: the waits grow by themselves, and nobody counts them. The share, from 0 to 1, says where between
// the half and the whole of that wait: drawn at random, it parts connections that one failure of Clio's brought together.
func (i *Integration) nextMaintenance(now time.Time, share float64) *time.Time {
	if !i.Usable() {
		return nil
	}
	since := i.troubledSince(now)
	if since == nil {
		return i.TokenExpiresAt
	}
	half := min(max(now.Sub(*since), shortestWait), longestWait) / 2
	wait := half + time.Duration(share*float64(half))
	at := now.Add(wait.Truncate(time.Microsecond))
	return &at
}

// troubledSince is since when Clio is failing, or the token is due and not renewed, whichever began first; nil when the
// connection is well.
func (i *Integration) troubledSince(now time.Time) *time.Time {
	var since *time.Time
	if i.State == Unreachable {
		since = &now
		if i.ProblemSince != nil {
			since = i.ProblemSince
		}
	}
	if i.due(now) && (since == nil || i.TokenExpiresAt.Before(*since)) {
		since = i.TokenExpiresAt
	}
	return since
}
