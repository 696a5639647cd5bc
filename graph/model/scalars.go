// Package model has what the API's generated code needs beside the domain's own types: payloads and scalars.
package model

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

// Node is whatever implements the API's Node. The generated code distinguishes the types.
type Node any

// MarshalClioNumber writes one of Clio's own numbers as an ID.
func MarshalClioNumber(number int64) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		text := strconv.AppendInt(append(make([]byte, 0, 24), '"'), number, 10)
		_, _ = w.Write(append(text, '"'))
	})
}

// UnmarshalClioNumber reads one of Clio's own numbers; BAD_USER_INPUT for anything else.
func UnmarshalClioNumber(value any) (int64, error) {
	number, ok := ident.ClioNumber(fmt.Sprint(value))
	if !ok {
		return 0, apperr.New(apperr.BadUserInput, "This is not one of Clio's numbers.")
	}
	return number, nil
}

// MarshalDateTime writes a time as RFC 3339 in UTC.
func MarshalDateTime(at time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		text := at.UTC().AppendFormat(append(make([]byte, 0, len(time.RFC3339Nano)+2), '"'), time.RFC3339Nano)
		_, _ = w.Write(append(text, '"'))
	})
}

// UnmarshalDateTime reads RFC 3339; BAD_USER_INPUT for anything else.
func UnmarshalDateTime(value any) (time.Time, error) {
	text, _ := value.(string)
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, apperr.New(apperr.BadUserInput, "A date and time is written as RFC 3339, such as 2026-11-23T09:00:00Z.")
	}
	return at, nil
}
