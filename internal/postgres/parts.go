package postgres

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun/schema"
)

// parts gathers what is written at once, as the parts of one statement, which don't see what the others change. Its text depends on which
// parts there are, and not on values.
type parts struct {
	texts []string
	args  []any
}

func (p *parts) add(text string) { p.texts = append(p.texts, text) }

// arg adds an argument, and returns its place in the text.
func (p *parts) arg(value any) string {
	p.args = append(p.args, value)
	return "$" + strconv.Itoa(len(p.args))
}

// sql is the statement: the last part with the others before it, as part0, part1 and so on.
func (p *parts) sql() string {
	last := len(p.texts) - 1
	var text strings.Builder
	for i, part := range p.texts[:last] {
		text.WriteString([]string{"WITH ", ", "}[min(i, 1)] + "part" + strconv.Itoa(i) + " AS (" + part + ") ")
	}
	return text.String() + p.texts[last]
}

// rowSet is any number of rows of a Bun model, as one argument.
type rowSet struct {
	table  *schema.Table
	fields []*schema.Field
	json   []byte
}

// rowSetOf leaves out what the database numbers.
func rowSetOf[T any](rows []*T) (rowSet, error) {
	set := rowSet{table: models.Get(reflect.TypeFor[*T]())}
	for _, field := range set.table.Fields {
		if !field.AutoIncrement {
			set.fields = append(set.fields, field)
		}
	}
	values := make([]map[string]any, len(rows))
	for i, row := range rows {
		values[i] = make(map[string]any, len(set.fields))
		for _, field := range set.fields {
			value, err := plain(field.Value(reflect.ValueOf(row).Elem()))
			if err != nil {
				return rowSet{}, err
			}
			values[i][field.Name] = value
		}
	}
	var err error
	if set.json, err = json.Marshal(values); err != nil {
		return rowSet{}, fmt.Errorf("encoding rows of %s: %w", set.table.Name, err)
	}
	return set, nil
}

// plain is a value as JSON is to have it.
func plain(value reflect.Value) (any, error) {
	switch kind := value.Kind(); {
	case kind == reflect.Pointer && value.IsNil():
		return nil, nil //nolint:nilnil // NULL
	case kind == reflect.Map && value.IsNil():
		return struct{}{}, nil
	case kind == reflect.Slice && value.IsNil():
		return []string{}, nil
	}
	if valuer, ok := value.Interface().(driver.Valuer); ok {
		return valuer.Value() //nolint:wrapcheck // no value fails
	}
	return value.Interface(), nil
}

// columns are those of the rows but these, each behind a prefix.
func (s rowSet) columns(prefix string, but ...string) []string {
	var names []string
	for _, field := range s.fields {
		if !slices.Contains(but, field.Name) {
			names = append(names, prefix+field.Name)
		}
	}
	return names
}

// from is the set as a table in the text of a statement.
func (s rowSet) from(p *parts) string {
	return "jsonb_populate_recordset(NULL::" + s.table.Name + ", " + p.arg(s.json) + ")"
}

// insert adds the insertion of the rows to the parts, in their order.
func (s rowSet) insert(p *parts, onConflict string) {
	columns := strings.Join(s.columns(""), ", ")
	p.add("INSERT INTO " + s.table.Name + " AS " + s.table.Alias + " (" + columns + ") SELECT " + columns + " FROM " + s.from(p) + onConflict)
}

// update adds to the parts that those rows of the firm's are given the values of the set, except for these columns. key is the column that
// names a row. The caller has them locked. Each is looked up by itself: a plan that knows no firm would read all rows of a large one.
func (s rowSet) update(p *parts, firmID, key string, but ...string) {
	var set []string
	for _, name := range s.columns("", append(but, "firm_id", key)...) {
		set = append(set, name+" = data."+name)
	}
	table, alias := s.table.Name, s.table.Alias
	p.add("UPDATE " + table + " AS " + alias + " SET " + strings.Join(set, ", ") + " FROM " + s.from(p) + " AS data, LATERAL (SELECT t.ctid FROM " +
		table + " AS t WHERE t." + key + " = data." + key + " AND t.firm_id = " + p.arg(firmID) + " OFFSET 0) AS found WHERE " + alias + ".ctid = found.ctid")
}
