package clio

import (
	"net/http"
	"strconv"
	"time"
)

const (
	// defaultRetryDelay is used when a 429 doesn't say how long to wait: it is the length of Clio's window (Clio's documentation:
	// rate limits).
	defaultRetryDelay = time.Minute
	// maxRetryDelay is the longest delay that is believed.
	maxRetryDelay = 24 * time.Hour
)

// retryAt returns when Clio may be asked again after a 429: Retry-After, in seconds or as a date, else X-RateLimit-Reset, in
// Unix seconds, else a minute from now (docs/rules.md#clicks). Times in the past or more than a day from now are ignored.
func retryAt(header http.Header, now time.Time) time.Time {
	candidates := []time.Time{}
	if seconds, err := strconv.ParseInt(header.Get("Retry-After"), 10, 32); err == nil {
		candidates = append(candidates, now.Add(time.Duration(seconds)*time.Second))
	}
	if date, err := http.ParseTime(header.Get("Retry-After")); err == nil {
		candidates = append(candidates, date)
	}
	if reset, err := strconv.ParseInt(header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
		candidates = append(candidates, time.Unix(reset, 0))
	}
	for _, at := range candidates {
		if at.After(now) && at.Before(now.Add(maxRetryDelay)) {
			return at.UTC()
		}
	}
	return now.Add(defaultRetryDelay).UTC()
}
