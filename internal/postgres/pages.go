package postgres

import (
	"strings"

	"github.com/uptrace/bun"

	"watchkeeper/internal/page"
)

// ordering is the order of a list: its columns, the last of which is unique in the list.
type ordering struct {
	columns    []string
	descending bool
}

// page limits a query to a page of the list: one row more than was asked for, and from the list's end if the page is read backward
// (page.NewConnection expects both). keys are the values of the columns at the request's cursor; nil without one.
func (o ordering) page(query *bun.SelectQuery, request page.Request, keys ...any) *bun.SelectQuery {
	query = o.order(query, request).Limit(int64(request.Size + 1))
	if request.Cursor == nil {
		return query
	}
	beyond := ">"
	if o.descending != request.Backward {
		beyond = "<"
	}
	places := strings.TrimSuffix(strings.Repeat("?, ", len(keys)), ", ")
	return query.Where("("+strings.Join(o.columns, ", ")+") "+beyond+" ("+places+")", keys...)
}

// order orders a query as page does.
func (o ordering) order(query *bun.SelectQuery, request page.Request) *bun.SelectQuery {
	direction := "ASC"
	if o.descending != request.Backward {
		direction = "DESC"
	}
	for _, column := range o.columns {
		query = query.OrderExpr(column + " " + direction)
	}
	return query
}

// cursorKeys are a request's keys, for a list whose columns have them as they are.
func cursorKeys(request page.Request) []any {
	keys := make([]any, len(request.Cursor))
	for i, key := range request.Cursor {
		keys[i] = key
	}
	return keys
}
