package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// test decides whether a list keeps a record.
type test func(record) bool

// filter reads the values of one parameter, in the order in which they came, and makes the test of them. There is at
// least one value. How Clio answers to a value that it can't read is documented for none of them: a 422 here, but for
// the operators of dates, which are 400 (CLIO_API.md §9).
type filter func(values []string) (test, *apiError)

func unreadable(what, value string) *apiError {
	return argumentError(fmt.Sprintf("%q is not a valid %s", value, what))
}

func parseIDs(values []string) ([]int64, *apiError) {
	ids := make([]int64, len(values))
	for i, value := range values {
		id, ok := parseID(value)
		if !ok {
			return nil, unreadable("id", value)
		}
		ids[i] = id
	}
	return ids, nil
}

// numbers keeps the records that have one of the ids. Those that there are none of are absent without a word.
func numbers(values []string) (test, *apiError) {
	ids, problem := parseIDs(values)
	return func(r record) bool { return slices.Contains(ids, r.id()) }, problem
}

func notNumbers(values []string) (test, *apiError) {
	ids, problem := parseIDs(values)
	return func(r record) bool { return !slices.Contains(ids, r.id()) }, problem
}

// number keeps the records whose attribute is that id.
func number(path string) filter {
	return func(values []string) (test, *apiError) {
		ids, problem := parseIDs(values[:1])
		return func(r record) bool { return r.at(path) == ids[0] }, problem
	}
}

// numberOrNull is number, and takes the word null for records that have none.
func numberOrNull(path string) filter {
	return func(values []string) (test, *apiError) {
		if values[0] == "null" {
			return func(r record) bool { return r.at(path) == nil }, nil
		}
		return number(path)(values)
	}
}

// memberOf keeps the records whose list of ids has that id.
func memberOf(path string) filter {
	return func(values []string) (test, *apiError) {
		ids, problem := parseIDs(values[:1])
		return func(r record) bool {
			members, _ := r.at(path).([]int64)
			return slices.Contains(members, ids[0])
		}, problem
	}
}

// since keeps the records whose time is after, never at, the one given.
func since(path string) filter {
	return func(values []string) (test, *apiError) {
		after, err := time.Parse(time.RFC3339, values[0])
		if err != nil {
			return nil, unreadable("timestamp", values[0])
		}
		return func(r record) bool {
			at, _ := r[path].(time.Time)
			return at.After(after)
		}, nil
	}
}

// status keeps matters of the statuses given in lower case and separated by commas.
func status(values []string) (test, *apiError) {
	wanted := strings.Split(values[0], ",")
	for _, value := range wanted {
		if !slices.Contains([]string{"open", "pending", "closed"}, value) {
			return nil, unreadable("status", value)
		}
	}
	return func(r record) bool { return slices.Contains(wanted, strings.ToLower(r.text("status"))) }, nil
}

// contains keeps the records that have the text in one of the attributes, in any case.
func contains(paths ...string) filter {
	return func(values []string) (test, *apiError) {
		wanted := strings.ToLower(values[0])
		return func(r record) bool {
			return slices.ContainsFunc(paths, func(path string) bool {
				return strings.Contains(strings.ToLower(r.text(path)), wanted)
			})
		}, nil
	}
}

func equals(path string) filter {
	return func(values []string) (test, *apiError) {
		return func(r record) bool { return r.text(path) == values[0] }, nil
	}
}

func oneOf(path string, allowed ...string) filter {
	return func(values []string) (test, *apiError) {
		if !slices.Contains(allowed, values[0]) {
			return nil, unreadable(path, values[0])
		}
		return equals(path)(values)
	}
}

// initial keeps the contacts whose name begins with that letter.
func initial(values []string) (test, *apiError) {
	if len(values[0]) != 1 || values[0] < "A" || values[0] > "Z" {
		return nil, unreadable("initial", values[0])
	}
	return func(r record) bool {
		first, _ := utf8.DecodeRuneInString(r.text("name"))
		return strings.EqualFold(string(first), values[0])
	}, nil
}

// boolean keeps the records that are so, or those that aren't when the value is false.
func boolean(name string, is test) filter {
	return func(values []string) (test, *apiError) {
		switch values[0] {
		case "true":
			return is, nil
		case "false":
			return func(r record) bool { return !is(r) }, nil
		default:
			return nil, unreadable(name, values[0])
		}
	}
}

// dates keeps the records whose date meets every condition: an operator and a date, such as >=2025-01-01.
func dates(path string) filter {
	return func(values []string) (test, *apiError) {
		var tests []test
		for _, value := range values {
			one, problem := dateTest(path, value)
			if problem != nil {
				return nil, problem
			}
			tests = append(tests, one)
		}
		return func(r record) bool {
			return !slices.ContainsFunc(tests, func(t test) bool { return !t(r) })
		}, nil
	}
}

func dateTest(path, value string) (test, *apiError) {
	for _, operator := range []string{">=", "<=", ">", "<", "="} {
		date, ok := strings.CutPrefix(value, operator)
		if !ok {
			continue
		}
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			return nil, unreadable("date", date)
		}
		return func(r record) bool {
			found := r.text(path)
			return found != "" && meets(cmp.Compare(found, date), operator)
		}, nil
	}
	return nil, &apiError{status: 400, kind: "InvalidFields", message: fmt.Sprintf("%q has no valid operator", value)}
}

func meets(compared int, operator string) bool {
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
