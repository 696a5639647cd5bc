package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// writeResponse writes a response as json.Encoder does, which would look through its data twice more.
func writeResponse(w io.Writer, response *graphql.Response) error {
	if response == nil || response.Data == nil {
		return json.NewEncoder(w).Encode(response)
	}
	before := []byte("{")
	if len(response.Errors) > 0 {
		errors, err := json.Marshal(response.Errors)
		if err != nil {
			return fmt.Errorf("writing errors: %w", err)
		}
		before = append(append(append(before, `"errors":`...), errors...), ',')
	}
	after := []byte{}
	if len(response.Extensions) > 0 {
		extensions, err := json.Marshal(response.Extensions)
		if err != nil {
			return fmt.Errorf("writing extensions: %w", err)
		}
		after = append(append(after, `,"extensions":`...), extensions...)
	}
	for _, part := range [][]byte{append(before, `"data":`...), withoutHTML(response.Data), append(after, "}\n"...)} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// withoutHTML escapes what would be HTML, or the end of a line, in the text of a script.
func withoutHTML(data []byte) []byte {
	const lineEnd = "\xe2\x80" // the beginning of U+2028 and U+2029
	if bytes.IndexByte(data, '<') < 0 && bytes.IndexByte(data, '>') < 0 && bytes.IndexByte(data, '&') < 0 && !bytes.Contains(data, []byte(lineEnd)) {
		return data
	}
	var escaped bytes.Buffer
	json.HTMLEscape(&escaped, data)
	return escaped.Bytes()
}
