package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// project returns the selected attributes of a record. Attributes that the record doesn't have (a redacted one) are left out.
func project(r record, fields selection) any {
	if r == nil {
		return nil
	}
	result := make(map[string]any, len(fields))
	for name, inner := range fields {
		value, ok := r[name]
		if !ok {
			continue
		}
		switch value := value.(type) {
		case func() record:
			result[name] = project(value(), inner)
		case func() []record:
			result[name] = projectAll(value(), inner)
		case func() any:
			result[name] = value()
		case time.Time:
			result[name] = formatTime(value)
		default:
			result[name] = value
		}
	}
	return result
}

func projectAll(records []record, fields selection) []any {
	result := make([]any, len(records))
	for i, r := range records {
		result[i] = project(r, fields)
	}
	return result
}

// at returns the value at a path such as client.name; nil if there is none. Pointers are dereferenced.
func (r record) at(path string) any {
	name, rest, deeper := strings.Cut(path, ".")
	switch value := r[name].(type) {
	case func() record:
		if inner := value(); deeper && inner != nil {
			return inner.at(rest)
		}
		return nil
	case func() any:
		return value()
	case *string:
		if value == nil {
			return nil
		}
		return *value
	case *int64:
		if value == nil {
			return nil
		}
		return *value
	default:
		return value
	}
}

// text returns the value at a path as text; "" for null.
func (r record) text(path string) string {
	value := r.at(path)
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// id returns the record's id.
func (r record) id() int64 {
	id, _ := r["id"].(int64)
	return id
}

// sortRecords sorts by the value at a path, then by id. Null comes first.
func sortRecords(records []record, path string, descending bool) {
	slices.SortStableFunc(records, func(a, b record) int {
		compared := strings.Compare(sortKey(a.at(path)), sortKey(b.at(path)))
		if compared == 0 {
			compared = int(a.id() - b.id())
		}
		if descending {
			return -compared
		}
		return compared
	})
}

func sortKey(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case time.Time:
		return value.UTC().Format(time.RFC3339)
	case int64:
		return fmt.Sprintf("%020d", value)
	case string:
		return strings.ToLower(value)
	default:
		return fmt.Sprint(value)
	}
}

// parseID reads one of Clio's ids: a positive number.
func parseID(text string) (int64, bool) {
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil && id > 0
}
