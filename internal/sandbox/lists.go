package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// The bounds of a list (Clio's documentation: paging).
const (
	maxLimit  = 200
	maxOffset = 10_000
)

// list answers with one page of the records that pass every filter.
func (c *call) list(res resource) {
	query := c.r.URL.Query()
	asked, problem := c.asked(res.kind, defaultSelection())
	if problem != nil {
		c.fail(problem)
		return
	}
	p, problem := c.page(query, res)
	if problem != nil {
		c.fail(problem)
		return
	}
	tests, problem := c.tests(query, res)
	if problem != nil {
		c.fail(problem)
		return
	}
	v, unlock := c.lock()
	defer unlock()
	kept := slices.DeleteFunc(res.all(v), func(r record) bool {
		return slices.ContainsFunc(tests, func(t test) bool { return !t(r) })
	})
	if p.path != "id" || p.descending {
		order(kept, p.path, p.descending)
	}
	start, end := p.bounds(kept)
	c.succeed(map[string]any{
		"data": projectAll(kept[start:end], asked),
		"meta": map[string]any{"paging": c.links(p, kept, start, end), "records": len(kept)},
	})
}

// tests makes the filters of the parameters that came.
func (c *call) tests(query url.Values, res resource) ([]test, *apiError) {
	var tests []test
	for name, make := range res.filters {
		values := query[name]
		if len(values) == 0 {
			continue
		}
		one, problem := make(values)
		if problem != nil {
			return nil, problem
		}
		tests = append(tests, one)
	}
	if query.Has("ids[]") && c.faults.has(IDsDropped) {
		tests = append(tests, func(r record) bool { return !c.faults.concerns(IDsDropped, r.id()) })
	}
	return tests, nil
}

// page reads which part of the list is asked for, and in which order.
func (c *call) page(query url.Values, res resource) (page, *apiError) {
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
			return p, unreadable("order", text)
		}
		p.path, p.descending = path, direction == "desc)"
	}
	p.byOffset = query.Has("offset") || p.path != "id" || p.descending
	if text := query.Get("offset"); text != "" {
		offset, err := strconv.Atoi(text)
		if err != nil || offset < 0 {
			return p, unreadable("offset", text)
		}
		p.offset = offset
	}
	if text := query.Get("page_token"); text != "" && !p.read(text) {
		return p, unreadable("page_token", text)
	}
	if p.offset > maxOffset {
		return p, argumentError("offset must not be more than 10000; use cursor pagination")
	}
	return p, nil
}

// links are the absolute addresses of the next page and the one before, with every parameter of this request.
func (c *call) links(p page, kept []record, start, end int) map[string]string {
	links := map[string]string{}
	if end < len(kept) {
		links["next"] = c.link(p.after(kept, end))
	}
	if start > 0 {
		links["previous"] = c.link(p.before(kept, start))
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

// baseURL is the scheme and host by which the caller reached the sandbox.
func baseURL(r *http.Request) url.URL {
	base := url.URL{Scheme: "http", Host: r.Host}
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		base.Scheme = "https"
	}
	return base
}
