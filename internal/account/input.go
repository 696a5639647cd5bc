package account

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/watch"
)

// The allowed lengths of input, in characters (docs/rules.md#what-people-type; for e-mail addresses RFC 5321).
const (
	maxName     = 200
	maxEmail    = 254
	minPassword = 8
	maxPassword = 200
	// maxUserAgent is the length to which a User-Agent is cut.
	maxUserAgent = 300
)

var emailPattern = regexp.MustCompile(`^[^\s@]+@[^\s@]+$`)

// clean returns the input as it is stored, and every problem that can be found without the database. The password isn't changed.
func (in SignUpInput) clean() (SignUpInput, apperr.Errors) {
	var problems apperr.Errors
	addProblem := func(field, message string) {
		problems = append(problems, apperr.At(apperr.Invalid, message, "input", field))
	}
	in.FirmName, in.Name, in.Email = watch.CleanText(in.FirmName), watch.CleanText(in.Name), cleanEmail(in.Email)
	if !lengthIsWithin(in.FirmName, 1, maxName) {
		addProblem("firmName", "The firm's name must have 1 to 200 characters.")
	}
	if !lengthIsWithin(in.Name, 1, maxName) {
		addProblem("name", "Your name must have 1 to 200 characters.")
	}
	if !isEmail(in.Email) {
		addProblem("email", "Enter a valid e-mail address, such as name@example.com.")
	}
	if !lengthIsWithin(in.Password, minPassword, maxPassword) {
		addProblem("password", "The password must have 8 to 200 characters.")
	}
	return in, problems
}

// cleanEmail returns the address in the form in which addresses are compared.
func cleanEmail(text string) string {
	return strings.ToLower(watch.CleanText(text))
}

func isEmail(text string) bool {
	return emailPattern.MatchString(text) && lengthIsWithin(text, 1, maxEmail)
}

func lengthIsWithin(text string, minimum, maximum int) bool {
	length := utf8.RuneCountInString(text)
	return minimum <= length && length <= maximum
}

// cleanUserAgent returns the User-Agent in a form that can be stored; nil when it is empty.
func cleanUserAgent(header string) *string {
	text := watch.CleanText(header)
	if text == "" {
		return nil
	}
	if characters := []rune(text); len(characters) > maxUserAgent {
		text = string(characters[:maxUserAgent])
	}
	return &text
}
