package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// show answers with one record, or 304 when the caller has it already. A hidden record is as if it weren't there: whether
// Clio says 403 instead is not known, and the fault Forbidden is there for that.
func (c *call) show(res resource, idText string) {
	id, ok := parseID(idText)
	if !ok {
		c.fail(errNotFound)
		return
	}
	asked, problem := c.asked(res.kind, defaultSelection())
	if problem != nil {
		c.fail(problem)
		return
	}
	v, unlock := c.lock()
	defer unlock()
	found := res.one(v, id)
	if found == nil {
		c.fail(errNotFound)
		return
	}
	c.single(found, asked)
}

// whoAmI answers with the user who granted access. Unasked it tells the name too (CLIO_API.md §2).
func (c *call) whoAmI() {
	asked, problem := c.asked(kindUser, selection{"id": nil, "etag": nil, "name": nil})
	if problem != nil {
		c.fail(problem)
		return
	}
	v, unlock := c.lock()
	defer unlock()
	c.single(v.user(&c.firm.me), asked)
}

// single sends one record under its ETag (Clio's documentation: ETags). Lists have none.
func (c *call) single(r record, asked selection) {
	etag := r.text("etag")
	updated, _ := r["updated_at"].(time.Time)
	c.w.Header().Set("ETag", etag)
	c.w.Header().Set("Last-Modified", updated.UTC().Format(http.TimeFormat))
	if c.unchanged(etag, updated) {
		c.w.WriteHeader(http.StatusNotModified)
		return
	}
	c.succeed(map[string]any{"data": project(r, asked)})
}

// unchanged tells whether the caller's conditions are met. If-None-Match goes first, as in RFC 9110.
func (c *call) unchanged(etag string, updated time.Time) bool {
	if match := c.r.Header.Get("If-None-Match"); match != "" {
		return strings.TrimPrefix(match, "W/") == etag
	}
	since, err := http.ParseTime(c.r.Header.Get("If-Modified-Since"))
	return err == nil && !updated.After(since)
}
