package exec

import (
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// text is a String, an ID or the value of an enum.
type text string

func marshalText(value string) graphql.Marshaler {
	return text(value)
}

// MarshalGQL writes the text as graphql.MarshalString does, and at once where nothing has to be escaped.
func (t text) MarshalGQL(w io.Writer) {
	buffer, ok := w.(*answer)
	if !ok || !t.isPlain() {
		graphql.MarshalString(string(t)).MarshalGQL(w)
		return
	}
	_, _ = buffer.WriteString(`"`) // it never fails
	_, _ = buffer.WriteString(string(t))
	_, _ = buffer.WriteString(`"`)
}

func (t text) isPlain() bool {
	for i := range len(t) {
		if t[i] < ' ' || t[i] == '"' || t[i] == '\\' {
			return false
		}
	}
	return true
}
