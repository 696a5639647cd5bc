package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// The limits of a list (Clio's documentation: paging).
const (
	maxLimit  = 200
	maxOffset = 10_000
)

// list writes one page of the records that match every filter.
func (c *call) list(res resource) {
	query := c.r.URL.Query()
	fields, err := c.selectedFields(res.kind, defaultSelection())
	if err != nil {
		c.writeError(err)
		return
	}
	p, err := c.parsePage(query, res)
	if err != nil {
		c.writeError(err)
		return
	}
	predicates, err := c.predicates(query, res)
	if err != nil {
		c.writeError(err)
		return
	}
	var ids []int64 // no more than these are needed
	if values := query["ids[]"]; len(values) > 0 {
		if ids, err = parseIDs(values); err != nil {
			c.writeError(err)
			return
		}
	}
	v, unlock := c.lockFirm()
	defer unlock()
	matching := slices.DeleteFunc(res.all(v, ids), func(r record) bool {
		return slices.ContainsFunc(predicates, func(t predicate) bool { return !t(r) })
	})
	if p.path != "id" || p.descending {
		sortRecords(matching, p.path, p.descending)
	}
	start, end := p.bounds(matching)
	c.writeSuccess(map[string]any{
		"data": projectAll(matching[start:end], fields),
		"meta": map[string]any{"paging": c.links(p, matching, start, end), "records": len(matching)},
	})
}

// predicates returns the predicates of the request's filter parameters.
func (c *call) predicates(query url.Values, res resource) ([]predicate, *apiError) {
	var predicates []predicate
	for name, filter := range res.filters {
		values := query[name]
		if len(values) == 0 {
			continue
		}
		predicate, err := filter(values)
		if err != nil {
			return nil, err
		}
		predicates = append(predicates, predicate)
	}
	if query.Has("ids[]") && c.faults.has(IDsDropped) {
		predicates = append(predicates, func(r record) bool { return !c.faults.affects(IDsDropped, r.id()) })
	}
	return predicates, nil
}

// parsePage reads the parameters for paging and order.
func (c *call) parsePage(query url.Values, res resource) (page, *apiError) {
	p := page{limit: maxLimit, path: "id"}
	if text := query.Get("limit"); text != "" {
		limit, err := strconv.Atoi(text)
		if err != nil || limit < 1 || (limit > maxLimit && c.faults.has(LimitRefused)) {
			return p, argumentError("limit must be between 1 and 200")
		}
		p.limit = min(limit, maxLimit)
	}
	if text := query.Get("order"); text != "" {
		path, direction, _ := strings.Cut(text, "(")
		if !slices.Contains(res.orders, path) || (direction != "asc)" && direction != "desc)") {
			return p, invalidValue("order", text)
		}
		p.path, p.descending = path, direction == "desc)"
	}
	p.byOffset = query.Has("offset") || p.path != "id" || p.descending
	if text := query.Get("offset"); text != "" {
		offset, err := strconv.Atoi(text)
		if err != nil || offset < 0 {
			return p, invalidValue("offset", text)
		}
		p.offset = offset
	}
	if text := query.Get("page_token"); text != "" && !p.parseToken(text) {
		return p, invalidValue("page_token", text)
	}
	if p.offset > maxOffset {
		return p, argumentError("offset must not be more than 10000; use cursor pagination")
	}
	return p, nil
}

// links returns the absolute addresses of the next and the previous page, with all parameters of this request.
func (c *call) links(p page, matching []record, start, end int) map[string]string {
	links := map[string]string{}
	if end < len(matching) {
		links["next"] = c.link(p.nextToken(matching, end))
	}
	if start > 0 {
		links["previous"] = c.link(p.previousToken(matching, start))
	}
	return links
}

func (c *call) link(token string) string {
	query := c.r.URL.Query()
	query.Del("offset")
	query.Set("page_token", token)
	base := baseURL(c.r)
	if c.faults.has(OffHostNext) {
		base.Host = "elsewhere.example"
	}
	base.Path, base.RawQuery = c.r.URL.Path, query.Encode()
	return base.String()
}

// baseURL returns the scheme and host that the caller used to reach the sandbox.
func baseURL(r *http.Request) url.URL {
	base := url.URL{Scheme: "http", Host: r.Host}
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		base.Scheme = "https"
	}
	return base
}
