package sandbox

import (
	"encoding/base64"
	"sort"
	"strconv"
	"strings"
)

// page selects a part of a list. In the order id(asc) and without an offset, a page begins after a record: nothing is repeated or
// missed when records are added or deleted between two pages. Otherwise it begins at an offset.
type page struct {
	limit      int
	path       string // the attribute that the list is ordered by
	descending bool
	byOffset   bool
	offset     int
	afterID    int64
	beforeID   int64
}

// parseToken reads the position from a page token, and reports whether the token is valid.
func (p *page) parseToken(token string) bool {
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return false
	}
	kind, digits, _ := strings.Cut(string(text), ":")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 {
		return false
	}
	switch kind {
	case "after":
		p.afterID = n
	case "before":
		p.beforeID = n
	case "offset":
		p.offset, p.byOffset = int(n), true
	default:
		return false
	}
	return true
}

func encodeToken(kind string, n int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte(kind + ":" + strconv.FormatInt(n, 10)))
}

// bounds returns the index of the page's first record and the index after its last.
func (p *page) bounds(matching []record) (start, end int) {
	switch {
	case p.byOffset:
		start = min(p.offset, len(matching))
	case p.beforeID > 0:
		end = sort.Search(len(matching), func(i int) bool { return matching[i].id() >= p.beforeID })
		return max(end-p.limit, 0), end
	default:
		start = sort.Search(len(matching), func(i int) bool { return matching[i].id() > p.afterID })
	}
	return start, min(start+p.limit, len(matching))
}

// nextToken returns the token of the next page.
func (p *page) nextToken(matching []record, end int) string {
	if p.byOffset {
		return encodeToken("offset", int64(end))
	}
	return encodeToken("after", matching[end-1].id())
}

// previousToken returns the token of the previous page.
func (p *page) previousToken(matching []record, start int) string {
	if p.byOffset {
		return encodeToken("offset", int64(max(start-p.limit, 0)))
	}
	if start == len(matching) {
		return encodeToken("before", matching[start-1].id()+1)
	}
	return encodeToken("before", matching[start].id())
}
