package page

import (
	"fmt"
	"unicode/utf8"

	"watchkeeper/internal/apperr"
)

// maxFilter is the most values in a list of a filter, and maxSearch the most characters in a text to search for. Both are checked
// before they are used.
const (
	maxFilter = 50
	maxSearch = 200
)

// CheckSearch refuses a text to search for that is longer than maxSearch: BAD_USER_INPUT at the path.
func CheckSearch(text *string, path ...string) error {
	if text != nil && utf8.RuneCountInString(*text) > maxSearch {
		message := fmt.Sprintf("%s must be %d characters long at most.", path[len(path)-1], maxSearch)
		return apperr.At(apperr.BadUserInput, message, path...)
	}
	return nil
}

// CheckFilter refuses a list of more than maxFilter values: BAD_USER_INPUT at the path.
func CheckFilter(length int, path ...string) error {
	if length > maxFilter {
		message := fmt.Sprintf("%s can have %d values at most.", path[len(path)-1], maxFilter)
		return apperr.At(apperr.BadUserInput, message, path...)
	}
	return nil
}
