package clio

import (
	"net/http"
	"strconv"
	"time"
)

const (
	// defaultPause is waited where Clio asks for a pause and doesn't say how long: its window (Clio's documentation: rate
	// limits).
	defaultPause = time.Minute
	// longestPause is the longest that is believed.
	longestPause = 24 * time.Hour
)

// retryAt is when Clio may be asked again after a 429: Retry-After, in seconds or as a date, else X-RateLimit-Reset, in
// Unix seconds, else a minute on (docs/rules.md#clicks). What lies in the past or is more than a day off counts as not said.
func retryAt(header http.Header, now time.Time) time.Time {
	said := []time.Time{}
	if seconds, err := strconv.ParseInt(header.Get("Retry-After"), 10, 32); err == nil {
		said = append(said, now.Add(time.Duration(seconds)*time.Second))
	}
	if date, err := http.ParseTime(header.Get("Retry-After")); err == nil {
		said = append(said, date)
	}
	if reset, err := strconv.ParseInt(header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
		said = append(said, time.Unix(reset, 0))
	}
	for _, at := range said {
		if at.After(now) && at.Before(now.Add(longestPause)) {
			return at.UTC()
		}
	}
	return now.Add(defaultPause).UTC()
}
