package watch

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"watchkeeper/internal/civil"
)

// maxNameLength is the most characters that a name may have (docs/rules.md#unusable-values).
const maxNameLength = 200

// firstBirthDate is the earliest date that counts as a birth date (docs/rules.md#unusable-values).
var firstBirthDate = civil.Date{Year: 1800, Month: time.January, Day: 1}

// NameProblem says why a cleaned text can't be a first name, last name or assigned to, as the end of a sentence that
// begins with the field: "must contain a letter". It is empty when the text can. The rule is one for what people type,
// who are refused, and for what Clio sends, which is skipped (docs/rules.md#unusable-values).
func NameProblem(name string) string {
	switch {
	case !strings.ContainsFunc(name, unicode.IsLetter):
		return "must contain a letter"
	case strings.ContainsRune(name, utf8.RuneError):
		return "must not contain unreadable characters"
	case utf8.RuneCountInString(name) > maxNameLength:
		return "must not be longer than 200 characters"
	case IsPlaceholder(name):
		return "must be a name, not a placeholder such as n/a"
	default:
		return ""
	}
}

// BirthDateProblem says why a date can't be a birth date, in the form of NameProblem; empty when it can.
func BirthDateProblem(date, today civil.Date) string {
	switch {
	case date.Compare(today) > 0:
		return "must not be in the future"
	case date.Compare(firstBirthDate) < 0:
		return "must not be before 1800"
	default:
		return ""
	}
}

// IsPlaceholder reports whether a cleaned text, as a whole and in any case, only says that a value is missing.
func IsPlaceholder(text string) bool {
	switch strings.ToLower(text) {
	case "n/a", "none", "unknown", "tbd", "-":
		return true
	default:
		return false
	}
}
