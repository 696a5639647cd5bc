package account

import (
	"regexp"
	"slices"
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
	in.FirmName, in.Name, in.Email = watch.CleanText(in.FirmName), watch.CleanText(in.Name), cleanEmail(in.Email)
	return in, slices.Concat(
		checkName(in.FirmName, "The firm's name must have 1 to 200 characters.", "input", "firmName"),
		checkName(in.Name, "Your name must have 1 to 200 characters.", "input", "name"),
		checkEmail(in.Email, "input", "email"),
		checkPassword(in.Password, "input", "password"),
	)
}

// checkName refuses a cleaned name that is empty or too long, with that message.
func checkName(name, message string, path ...string) apperr.Errors {
	if lengthIsWithin(name, 1, maxName) {
		return nil
	}
	return apperr.Errors{apperr.At(apperr.Invalid, message, path...)}
}

// checkEmail refuses a cleaned address that isn't one.
func checkEmail(email string, path ...string) apperr.Errors {
	if isEmail(email) {
		return nil
	}
	return apperr.Errors{apperr.At(apperr.Invalid, "Enter a valid e-mail address, such as name@example.com.", path...)}
}

// checkPassword refuses a new password that is too short or too long.
func checkPassword(password string, path ...string) apperr.Errors {
	if lengthIsWithin(password, minPassword, maxPassword) {
		return nil
	}
	return apperr.Errors{apperr.At(apperr.Invalid, "The password must have 8 to 200 characters.", path...)}
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
