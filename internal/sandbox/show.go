package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// show writes one record, or 304 if the caller already has it. A hidden record is a 404: whether Clio answers 403 instead is not
// known, and the fault Forbidden simulates that.
func (c *call) show(res resource, idText string) {
	id, ok := parseID(idText)
	if !ok {
		c.writeError(errNotFound)
		return
	}
	fields, err := c.selectedFields(res.kind, defaultSelection())
	if err != nil {
		c.writeError(err)
		return
	}
	v, unlock := c.lockFirm()
	defer unlock()
	found := res.one(v, id)
	if found == nil {
		c.writeError(errNotFound)
		return
	}
	c.writeSingle(found, fields)
}

// whoAmI writes the user who granted access. By default it includes the name (Clio's documentation: authorization).
func (c *call) whoAmI() {
	fields, err := c.selectedFields(kindUser, selection{"id": nil, "etag": nil, "name": nil})
	if err != nil {
		c.writeError(err)
		return
	}
	v, unlock := c.lockFirm()
	defer unlock()
	c.writeSingle(v.user(&c.firm.me), fields)
}

// writeSingle writes one record with its ETag (Clio's documentation: ETags). Lists have none.
func (c *call) writeSingle(r record, fields selection) {
	etag := r.text("etag")
	updated, _ := r["updated_at"].(time.Time)
	c.w.Header().Set("ETag", etag)
	c.w.Header().Set("Last-Modified", updated.UTC().Format(http.TimeFormat))
	if c.unchanged(etag, updated) {
		c.w.WriteHeader(http.StatusNotModified)
		return
	}
	c.writeSuccess(map[string]any{"data": project(r, fields)})
}

// unchanged reports whether the caller already has this version. If-None-Match takes precedence, as in RFC 9110.
func (c *call) unchanged(etag string, updated time.Time) bool {
	if match := c.r.Header.Get("If-None-Match"); match != "" {
		return strings.TrimPrefix(match, "W/") == etag
	}
	since, err := http.ParseTime(c.r.Header.Get("If-Modified-Since"))
	return err == nil && !updated.After(since)
}
