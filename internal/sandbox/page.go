package sandbox

import (
	"encoding/base64"
	"sort"
	"strconv"
	"strings"
)

// page says which part of a list is asked for. In the order id(asc) and without an offset, a page begins after a record:
// nothing is seen twice or missed when records come and go between two pages. Any other begins at an offset.
type page struct {
	limit      int
	path       string // what the list is ordered by
	descending bool
	byOffset   bool
	offset     int
	afterID    int64
	beforeID   int64
}

// read takes the place in the list from a token; false when the token isn't the sandbox's.
func (p *page) read(token string) bool {
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return false
	}
	word, digits, _ := strings.Cut(string(text), ":")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 {
		return false
	}
	switch word {
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

func write(word string, n int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte(word + ":" + strconv.FormatInt(n, 10)))
}

// bounds are the first record of the page and the one after its last.
func (p *page) bounds(kept []record) (start, end int) {
	switch {
	case p.byOffset:
		start = min(p.offset, len(kept))
	case p.beforeID > 0:
		end = sort.Search(len(kept), func(i int) bool { return kept[i].id() >= p.beforeID })
		return max(end-p.limit, 0), end
	default:
		start = sort.Search(len(kept), func(i int) bool { return kept[i].id() > p.afterID })
	}
	return start, min(start+p.limit, len(kept))
}

// after is the token of the page that follows.
func (p *page) after(kept []record, end int) string {
	if p.byOffset {
		return write("offset", int64(end))
	}
	return write("after", kept[end-1].id())
}

// before is the token of the page that precedes.
func (p *page) before(kept []record, start int) string {
	if p.byOffset {
		return write("offset", int64(max(start-p.limit, 0)))
	}
	if start == len(kept) {
		return write("before", kept[start-1].id()+1)
	}
	return write("before", kept[start].id())
}
