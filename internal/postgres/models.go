package postgres

import (
	"reflect"
	"strings"

	"github.com/uptrace/bun/schema"
)

// tableOf is the table of a Bun model: so statements of pgx name and fill the same columns as Bun's.
func tableOf[Model any](db *DB) *schema.Table {
	return db.bun.Table(reflect.TypeFor[Model]())
}

// columnNames are the table's columns, each behind the prefix, in the order of addresses and values.
func columnNames(table *schema.Table, prefix string) string {
	names := make([]string, len(table.Fields))
	for i, field := range table.Fields {
		names[i] = prefix + string(field.SQLName)
	}
	return strings.Join(names, ", ")
}

// addresses are where a row of the table is scanned to.
func addresses[Model any](table *schema.Table, row *Model) []any {
	pointers := make([]any, len(table.Fields))
	for i, field := range table.Fields {
		pointers[i] = field.Value(reflect.ValueOf(row).Elem()).Addr().Interface()
	}
	return pointers
}

// joined is where a row is scanned to that may be missing: then all its columns are null.
type joined[Model any] struct {
	table *schema.Table
	cells []reflect.Value // of **T for a field of type T
}

func newJoined[Model any](table *schema.Table) joined[Model] {
	j := joined[Model]{table: table, cells: make([]reflect.Value, len(table.Fields))}
	for i, field := range table.Fields {
		j.cells[i] = reflect.New(reflect.PointerTo(field.StructField.Type))
	}
	return j
}

func (j joined[Model]) addresses() []any {
	pointers := make([]any, len(j.cells))
	for i, cell := range j.cells {
		pointers[i] = cell.Interface()
	}
	return pointers
}

// row returns what was scanned; nil if the row's key, its first column, is null.
func (j joined[Model]) row() *Model {
	if j.cells[0].Elem().IsNil() {
		return nil
	}
	row := new(Model)
	for i, field := range j.table.Fields {
		if scanned := j.cells[i].Elem(); !scanned.IsNil() {
			field.Value(reflect.ValueOf(row).Elem()).Set(scanned.Elem())
		}
	}
	return row
}
