package graph

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"pgregory.net/rapid"
)

func TestAResponseIsWrittenAsByEncodingJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		response := &graphql.Response{}
		if rapid.Bool().Draw(t, "data") {
			value := rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"<b>", "a & b", "\u2028", "\u2029", "“x”", "\x00"}))).Draw(t, "texts")
			var data bytes.Buffer
			encoder := json.NewEncoder(&data)
			encoder.SetEscapeHTML(false)
			require.NoError(t, encoder.Encode(value))
			response.Data = bytes.TrimSpace(data.Bytes())
		}
		if rapid.Bool().Draw(t, "errors") {
			response.Errors = gqlerror.List{{Message: rapid.String().Draw(t, "message"), Extensions: map[string]any{"code": "INTERNAL"}}}
		}
		if rapid.Bool().Draw(t, "extensions") {
			response.Extensions = map[string]any{"cost": map[string]any{"requested": 1}, "text": rapid.String().Draw(t, "extension")}
		}
		var expected, actual bytes.Buffer
		require.NoError(t, json.NewEncoder(&expected).Encode(response))
		require.NoError(t, writeResponse(&actual, response))
		require.Equal(t, expected.String(), actual.String())
	})
}
