package graph

import "watchkeeper/internal/apperr"

// nullIfAbsent makes the API's null of what isn't there: below this package that is an apperr NOT_FOUND.
func nullIfAbsent[T any](value *T, err error) (*T, error) {
	if apperr.Is(err, apperr.NotFound) {
		return nil, nil
	}
	return value, err
}
