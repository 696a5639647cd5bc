package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// predicate reports whether a list contains a record.
type predicate func(record) bool

// filter makes a predicate of the values of one parameter, of which there is at least one. Clio doesn't document how it responds
// to invalid values: here it is a 422, except for the operators of dates, which are a 400.
type filter func(values []string) (predicate, *apiError)

func invalidValue(what, value string) *apiError {
	return argumentError(fmt.Sprintf("%q is not a valid %s", value, what))
}

func parseIDs(values []string) ([]int64, *apiError) {
	ids := make([]int64, len(values))
	for i, value := range values {
		id, ok := parseID(value)
		if !ok {
			return nil, invalidValue("id", value)
		}
		ids[i] = id
	}
	return ids, nil
}

// idIn matches the records with one of the ids. Unknown ids are ignored.
func idIn(values []string) (predicate, *apiError) {
	ids, err := parseIDs(values)
	return func(r record) bool { return slices.Contains(ids, r.id()) }, err
}

func idNotIn(values []string) (predicate, *apiError) {
	ids, err := parseIDs(values)
	return func(r record) bool { return !slices.Contains(ids, r.id()) }, err
}

// idEquals matches the records whose attribute is that id.
func idEquals(path string) filter {
	return func(values []string) (predicate, *apiError) {
		ids, err := parseIDs(values[:1])
		return func(r record) bool { return r.at(path) == ids[0] }, err
	}
}

// idEqualsOrNull is idEquals, and takes "null" for records that have none.
func idEqualsOrNull(path string) filter {
	return func(values []string) (predicate, *apiError) {
		if values[0] == "null" {
			return func(r record) bool { return r.at(path) == nil }, nil
		}
		return idEquals(path)(values)
	}
}

// listHasID matches the records whose list of ids contains that id.
func listHasID(path string) filter {
	return func(values []string) (predicate, *apiError) {
		ids, err := parseIDs(values[:1])
		return func(r record) bool {
			members, _ := r.at(path).([]int64)
			return slices.Contains(members, ids[0])
		}, err
	}
}

// timeAfter matches the records whose time is after, and not equal to, the one given.
func timeAfter(path string) filter {
	return func(values []string) (predicate, *apiError) {
		after, err := time.Parse(time.RFC3339, values[0])
		if err != nil {
			return nil, invalidValue("timestamp", values[0])
		}
		return func(r record) bool {
			at, _ := r[path].(time.Time)
			return at.After(after)
		}, nil
	}
}

// statusIn matches the matters with one of the statuses, given in lower case and separated by commas.
func statusIn(values []string) (predicate, *apiError) {
	wanted := strings.Split(values[0], ",")
	for _, value := range wanted {
		if !slices.Contains([]string{"open", "pending", "closed"}, value) {
			return nil, invalidValue("status", value)
		}
	}
	return func(r record) bool { return slices.Contains(wanted, strings.ToLower(r.text("status"))) }, nil
}

// containsText matches the records that contain the text in one of the attributes, in any case.
func containsText(paths ...string) filter {
	return func(values []string) (predicate, *apiError) {
		wanted := strings.ToLower(values[0])
		return func(r record) bool {
			return slices.ContainsFunc(paths, func(path string) bool {
				return strings.Contains(strings.ToLower(r.text(path)), wanted)
			})
		}, nil
	}
}

func equals(path string) filter {
	return func(values []string) (predicate, *apiError) {
		return func(r record) bool { return r.text(path) == values[0] }, nil
	}
}

func oneOf(path string, allowed ...string) filter {
	return func(values []string) (predicate, *apiError) {
		if !slices.Contains(allowed, values[0]) {
			return nil, invalidValue(path, values[0])
		}
		return equals(path)(values)
	}
}

// startsWith matches the contacts whose name begins with that letter.
func startsWith(values []string) (predicate, *apiError) {
	if len(values[0]) != 1 || values[0] < "A" || values[0] > "Z" {
		return nil, invalidValue("initial", values[0])
	}
	return func(r record) bool {
		first, _ := utf8.DecodeRuneInString(r.text("name"))
		return strings.EqualFold(string(first), values[0])
	}, nil
}

// boolean matches the records that meet the condition, or with the value false those that don't.
func boolean(name string, condition predicate) filter {
	return func(values []string) (predicate, *apiError) {
		switch values[0] {
		case "true":
			return condition, nil
		case "false":
			return func(r record) bool { return !condition(r) }, nil
		default:
			return nil, invalidValue(name, values[0])
		}
	}
}

// dateConditions matches the records whose date meets every condition: an operator and a date, such as >=2025-01-01.
func dateConditions(path string) filter {
	return func(values []string) (predicate, *apiError) {
		var conditions []predicate
		for _, value := range values {
			condition, err := dateCondition(path, value)
			if err != nil {
				return nil, err
			}
			conditions = append(conditions, condition)
		}
		return func(r record) bool {
			return !slices.ContainsFunc(conditions, func(t predicate) bool { return !t(r) })
		}, nil
	}
}

func dateCondition(path, value string) (predicate, *apiError) {
	for _, operator := range []string{">=", "<=", ">", "<", "="} {
		date, ok := strings.CutPrefix(value, operator)
		if !ok {
			continue
		}
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			return nil, invalidValue("date", date)
		}
		return func(r record) bool {
			found := r.text(path)
			return found != "" && satisfies(cmp.Compare(found, date), operator)
		}, nil
	}
	return nil, &apiError{status: 400, errorType: "InvalidFields", message: fmt.Sprintf("%q has no valid operator", value)}
}

func satisfies(compared int, operator string) bool {
	switch operator {
	case ">=":
		return compared >= 0
	case "<=":
		return compared <= 0
	case ">":
		return compared > 0
	case "<":
		return compared < 0
	default:
		return compared == 0
	}
}
