package postgres

import (
	"reflect"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// models are what Bun knows about the structs that are rows.
var models = pgdialect.New().Tables()

// rowsOf says where the columns of T, a Bun model, go in it, so that pgx can scan rows into it without Bun.
type rowsOf[T any] struct {
	columns string // to select
	places  [][]int
}

// newRowsOf reads all columns of a model from the table of that alias, except those.
func newRowsOf[T any](alias string, except ...string) rowsOf[T] {
	var names []string
	var rows rowsOf[T]
	for _, field := range models.Get(reflect.TypeFor[*T]()).Fields {
		if !slices.Contains(except, field.Name) {
			names = append(names, alias+"."+field.Name)
			rows.places = append(rows.places, field.Index)
		}
	}
	rows.columns = strings.Join(names, ", ")
	return rows
}

// targets appends where the columns of one row are scanned to.
func (r rowsOf[T]) targets(targets []any, row *T) []any {
	value := reflect.ValueOf(row).Elem()
	for _, place := range r.places {
		targets = append(targets, value.FieldByIndex(place).Addr().Interface())
	}
	return targets
}

// optional is targets for the columns of a join that may have found nothing, which leaves the row as it is.
func (r rowsOf[T]) optional(from interface{ RawValues() [][]byte }, targets []any, row *T) []any {
	if from.RawValues()[len(targets)] == nil { // its key, the first column
		return append(targets, make([]any, len(r.places))...)
	}
	return r.targets(targets, row)
}

// scan scans rows of these columns alone.
func (r rowsOf[T]) scan() pgx.RowToFunc[*T] {
	targets := make([]any, 0, len(r.places))
	return func(from pgx.CollectableRow) (*T, error) {
		row := new(T)
		return row, from.Scan(r.targets(targets, row)...)
	}
}
