package postgres

import (
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"watchkeeper/internal/page"
)

// statement is a SELECT whose values are arguments, so that each connection prepares it once and PostgreSQL may keep its plan. Its text
// depends on which conditions there are, and not on their values.
type statement struct {
	text      strings.Builder
	arguments []any // of pgx's Query: how it is executed, and then the values
}

// newStatement returns a statement that begins so.
func newStatement(sql string, values ...any) *statement {
	s := &statement{arguments: []any{pgx.QueryExecModeCacheStatement}}
	return s.Add(sql, values...)
}

// Add appends SQL, in which each ? stands for the next of the values.
func (s *statement) Add(sql string, values ...any) *statement {
	for _, value := range values {
		before, after, _ := strings.Cut(sql, "?")
		s.text.WriteString(before)
		s.text.WriteByte('$')
		s.text.WriteString(strconv.Itoa(len(s.arguments)))
		s.arguments = append(s.arguments, value)
		sql = after
	}
	s.text.WriteString(sql)
	return s
}

// Where appends a condition to those that the statement ends with.
func (s *statement) Where(condition string, values ...any) *statement {
	return s.Add(" AND ").Add(condition, values...)
}

// page limits a statement, which ends with its conditions, to a page of the list, as ordering.page does. The limit is part of the text: a plan
// for any limit would be one for many rows.
func (s *statement) page(list ordering, request page.Request, keys ...any) *statement {
	if len(keys) > 0 {
		s.Where(list.beyond(request, len(keys)), keys...)
	}
	return s.orderBy(list, request).Add(" LIMIT " + strconv.Itoa(request.Size+1))
}

// orderBy orders a statement as page does.
func (s *statement) orderBy(list ordering, request page.Request) *statement {
	before, direction := " ORDER BY ", " "+list.direction(request)
	for _, column := range list.columns {
		s.Add(before + column + direction)
		before = ", "
	}
	return s
}
