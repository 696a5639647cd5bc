package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// project takes from a record what was asked. A record that lacks an attribute altogether (a redacted one) is shown
// without it.
func project(r record, asked selection) any {
	if r == nil {
		return nil
	}
	shown := make(map[string]any, len(asked))
	for name, inner := range asked {
		value, ok := r[name]
		if !ok {
			continue
		}
		switch value := value.(type) {
		case func() record:
			shown[name] = project(value(), inner)
		case func() []record:
			shown[name] = projectAll(value(), inner)
		case func() any:
			shown[name] = value()
		case time.Time:
			shown[name] = stamp(value)
		default:
			shown[name] = value
		}
	}
	return shown
}

func projectAll(records []record, asked selection) []any {
	shown := make([]any, len(records))
	for i, r := range records {
		shown[i] = project(r, asked)
	}
	return shown
}

// at returns the value at a path such as client.name; nil where there is none on the way. Pointers are followed.
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

// text is the value at a path as text; "" for null.
func (r record) text(path string) string {
	value := r.at(path)
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// id is the record's number.
func (r record) id() int64 {
	id, _ := r["id"].(int64)
	return id
}

// order sorts by the value at a path, and what is equal by number. Null comes first.
func order(records []record, path string, descending bool) {
	slices.SortStableFunc(records, func(a, b record) int {
		less := strings.Compare(sortKey(a.at(path)), sortKey(b.at(path)))
		if less == 0 {
			less = int(a.id() - b.id())
		}
		if descending {
			return -less
		}
		return less
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

// parseID reads a positive number of Clio's.
func parseID(text string) (int64, bool) {
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil && id > 0
}
