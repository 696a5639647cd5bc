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
	return query.Where(o.beyond(request, len(keys)), keys...)
}

// order orders a query as page does.
func (o ordering) order(query *bun.SelectQuery, request page.Request) *bun.SelectQuery {
	for _, column := range o.columns {
		query = query.OrderExpr(column + " " + o.direction(request))
	}
	return query
}

// direction is the one in which a request reads the list.
func (o ordering) direction(request page.Request) string {
	if o.descending != request.Backward {
		return "DESC"
	}
	return "ASC"
}

// operator compares what comes after a request's cursor with the cursor.
func (o ordering) operator(request page.Request) string {
	if o.direction(request) == "DESC" {
		return "<"
	}
	return ">"
}

// beyond is the condition on what comes after a request's cursor, with a ? for each of so many keys.
func (o ordering) beyond(request page.Request, keys int) string {
	places := strings.TrimSuffix(strings.Repeat("?, ", keys), ", ")
	return "(" + strings.Join(o.columns, ", ") + ") " + o.operator(request) + " (" + places + ")"
}

// cursorKeys are a request's keys, for a list whose columns have them as they are.
func cursorKeys(request page.Request) []any {
	keys := make([]any, len(request.Cursor))
	for i, key := range request.Cursor {
		keys[i] = key
	}
	return keys
}
