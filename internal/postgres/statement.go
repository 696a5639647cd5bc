package postgres

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/page"
)

// statement is a SELECT. Each connection prepares it once, and PostgreSQL plans it once there, for whatever values: unless it has a
// Filter, whose values decide by which index it is read. Then it is planned anew each time, with them.
type statement struct {
	text   strings.Builder // with a ? for each of the values
	values []any
	anew   bool
}

// newSelect returns a statement that selects the columns, and goes on with from.
func newSelect(columns, from string, values ...any) *statement {
	return new(statement).Add("SELECT "+columns).Add(from, values...)
}

// each is the rows of a table, for FROM, whose column has one of the values that the first ? stands for, and that are of the firm of the
// second. Each value, none of which may be there twice, is looked up by itself: a plan that knows no firm would read all rows of a large one,
// because the average firm has few, and compare each with all values.
func each(table, column, alias string) string {
	return "unnest(?::text[]) AS wanted, LATERAL (SELECT * FROM " + table + " AS t WHERE t." + column + " = wanted AND t.firm_id = ? OFFSET 0) AS " + alias
}

// Add appends SQL, in which each ? stands for the next of the values.
func (s *statement) Add(sql string, values ...any) *statement {
	s.text.WriteString(sql)
	s.values = append(s.values, values...)
	return s
}

// Where appends a condition to those that the statement ends with.
func (s *statement) Where(condition string, values ...any) *statement {
	return s.Add(" AND ").Add(condition, values...)
}

// Filter is Where for a condition that makes the best plan depend on its values.
func (s *statement) Filter(condition string, values ...any) *statement {
	s.anew = true
	return s.Where(condition, values...)
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

// sql returns the statement as pgx's Query takes it.
func (s *statement) sql(db *bun.DB) (text string, arguments []any) {
	if s.anew {
		return db.QueryGen().FormatQuery(s.text.String(), s.bunValues()...), nil
	}
	arguments = append(make([]any, 0, len(s.values)+1), pgx.QueryExecModeCacheStatement)
	return numbered(s.text.String()), append(arguments, s.values...)
}

// numbered makes $1, $2 and so on of each ?.
func numbered(text string) string {
	var sql strings.Builder
	sql.Grow(len(text) + 16)
	for number := 1; ; number++ {
		before, after, found := strings.Cut(text, "?")
		sql.WriteString(before)
		if !found {
			return sql.String()
		}
		sql.WriteByte('$')
		sql.WriteString(strconv.Itoa(number))
		text = after
	}
}

// bunValues are the values as Bun formats them.
func (s *statement) bunValues() []any {
	values := make([]any, len(s.values))
	for i, value := range s.values {
		values[i] = value
		if t := reflect.TypeOf(value); t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8 {
			values[i] = pgdialect.Array(value)
		}
	}
	return values
}
