package account

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/watch"
)

// The lengths of what people type, in characters (docs/rules.md#what-people-type; an e-mail address: RFC 5321).
const (
	maxName     = 200
	maxEmail    = 254
	minPassword = 8
	maxPassword = 200
	// maxUserAgent is where what a program calls itself is cut.
	maxUserAgent = 300
)

var emailForm = regexp.MustCompile(`^[^\s@]+@[^\s@]+$`)

// cleaned is the input as it is stored, with every problem that needs no database to see. The password is left alone.
func (in SignUpInput) cleaned() (SignUpInput, apperr.Errors) {
	var problems apperr.Errors
	refuse := func(field, message string) {
		problems = append(problems, apperr.At(apperr.Invalid, message, "input", field))
	}
	in.FirmName, in.Name, in.Email = watch.CleanText(in.FirmName), watch.CleanText(in.Name), cleanEmail(in.Email)
	if !within(in.FirmName, 1, maxName) {
		refuse("firmName", "The firm's name has to have 1 to 200 characters.")
	}
	if !within(in.Name, 1, maxName) {
		refuse("name", "Your name has to have 1 to 200 characters.")
	}
	if !isEmail(in.Email) {
		refuse("email", "The e-mail address has to look like name@example.com.")
	}
	if !within(in.Password, minPassword, maxPassword) {
		refuse("password", "The password has to have 8 to 200 characters.")
	}
	return in, problems
}

// cleanEmail is an address in the form in which addresses are compared.
func cleanEmail(text string) string {
	return strings.ToLower(watch.CleanText(text))
}

func isEmail(text string) bool {
	return emailForm.MatchString(text) && within(text, 1, maxEmail)
}

func within(text string, least, most int) bool {
	length := utf8.RuneCountInString(text)
	return least <= length && length <= most
}

// cleanUserAgent is what a program calls itself, made fit to be stored; nil when it is empty.
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
