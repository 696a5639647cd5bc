package postgres

import (
	"database/sql"
	"reflect"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqltype"
	"github.com/uptrace/bun/schema"

	"watchkeeper/internal/civil"
)

// models are what Bun knows about the structs that are rows.
var models = pgdialect.New().Tables()

// rowsOf says where the columns of T, a Bun model, go in it, so that pgx can scan rows into it without Bun.
type rowsOf[T any] struct {
	columns string // to select
	fields  []rowField
}

// rowField is where a column goes.
type rowField struct {
	place []int
	text  bool // a string of any type, or a pointer to one
}

// newRowsOf reads all columns of a model from the table of that alias, except those.
func newRowsOf[T any](alias string, except ...string) rowsOf[T] {
	var names []string
	var rows rowsOf[T]
	for _, field := range models.Get(reflect.TypeFor[*T]()).Fields {
		if !slices.Contains(except, field.Name) {
			names = append(names, alias+"."+field.Name)
			rows.fields = append(rows.fields, rowField{place: field.Index, text: isText(field)})
		}
	}
	rows.columns = strings.Join(names, ", ")
	return rows
}

var scanner = reflect.TypeFor[sql.Scanner]()

func isText(field *schema.Field) bool {
	return field.IndirectType.Kind() == reflect.String && field.UserSQLType == sqltype.VarChar && !reflect.PointerTo(field.IndirectType).Implements(scanner)
}

// rawRow is a row that was received, as pgx.Rows and pgx.CollectableRow show it.
type rawRow interface{ RawValues() [][]byte }

// targets appends where the columns of one row are to be scanned to: the next of those that were received. Texts, which most columns are,
// it copies at once, all in one piece, and has pgx skip them.
func (r rowsOf[T]) targets(from rawRow, targets []any, row *T) []any {
	values := from.RawValues()[len(targets):]
	value := reflect.ValueOf(row).Elem()
	texts := r.texts(values)
	for i, field := range r.fields {
		into := value.FieldByIndex(field.place)
		switch {
		case field.text && values[i] != nil:
			length := len(values[i])
			setText(into, texts[:length])
			texts = texts[length:]
			targets = append(targets, nil)
		case values[i] == nil && into.Kind() == reflect.Pointer:
			into.SetZero()
			targets = append(targets, nil)
		default:
			targets = append(targets, targetOf(into))
		}
	}
	return targets
}

// texts are the texts of a row, one after the other.
func (r rowsOf[T]) texts(values [][]byte) string {
	length := 0
	for i, field := range r.fields {
		if field.text {
			length += len(values[i])
		}
	}
	var texts strings.Builder
	texts.Grow(length)
	for i, field := range r.fields {
		if field.text {
			texts.Write(values[i])
		}
	}
	return texts.String()
}

func setText(into reflect.Value, text string) {
	if into.Kind() == reflect.Pointer {
		into.Set(reflect.New(into.Type().Elem()))
		into = into.Elem()
	}
	into.SetString(text)
}

func targetOf(field reflect.Value) any {
	target := field.Addr().Interface()
	if date, ok := target.(**civil.Date); ok {
		return dateTarget{date}
	}
	return target
}

// dateTarget is what pgx scans a date into without database/sql.
type dateTarget struct{ into **civil.Date }

var _ pgtype.DateScanner = dateTarget{}

// ScanDate takes the date.
func (t dateTarget) ScanDate(read pgtype.Date) error {
	date := civil.Of(read.Time)
	*t.into = &date
	return nil
}

// optional is targets for the columns of a join that may have found nothing, which leaves the row as it is.
func (r rowsOf[T]) optional(from rawRow, targets []any, row *T) []any {
	if from.RawValues()[len(targets)] == nil { // its key, the first column
		return append(targets, make([]any, len(r.fields))...)
	}
	return r.targets(from, targets, row)
}

// scan scans rows of these columns alone.
func (r rowsOf[T]) scan() pgx.RowToFunc[*T] {
	targets := make([]any, 0, len(r.fields))
	return func(from pgx.CollectableRow) (*T, error) {
		row := new(T)
		return row, from.Scan(r.targets(from, targets, row)...)
	}
}
