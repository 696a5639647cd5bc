package graph_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// keysIn are the keys in a cursor, and forged is the cursor with others.
func keysIn(t *testing.T, cursor string) (keys []string, forged func(keys ...string) string) {
	t.Helper()
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	require.NoError(t, err)
	var decoded struct {
		Scope string   `json:"s"`
		Keys  []string `json:"k"`
	}
	require.NoError(t, json.Unmarshal(text, &decoded))
	return decoded.Keys, func(keys ...string) string {
		decoded.Keys = keys
		text, err := json.Marshal(decoded)
		require.NoError(t, err)
		return base64.RawURLEncoding.EncodeToString(text)
	}
}

// Whoever makes up a place in Clio's list is told so: it isn't Clio that fails.
func TestAForgedCursorOfMattersIsRefused(t *testing.T) {
	p := newStage(t).connected("ada")
	const matters = `query($after: String) { clioMatters(first: 2, after: $after) { pageInfo { endCursor } nodes { matterId } } }`
	cursor := p.ask(matters).text("clioMatters.pageInfo.endCursor")
	keys, forged := keysIn(t, cursor)
	require.Empty(t, p.try(matters, vars{"after": forged(keys...)}).Errors)
	for _, token := range []string{"nonsense", strings.Repeat("x", 2_001)} {
		require.Equal(t, "BAD_USER_INPUT", p.try(matters, vars{"after": forged(token, "0")}).code())
	}
	require.Equal(t, "CONNECTED", p.ask(`{ clioIntegration { state } }`).text("clioIntegration.state"))
}

// A counter that all firms share would tell how much others do.
func TestCursorsOfHistoriesTellNothing(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	const history = `query($id: ID!, $after: String) { watch(id: $id) { history(first: 2, after: $after) { edges { cursor } nodes { id } } } }`
	first := p.ask(history, vars{"id": id})
	cursor := first.text("watch.history.edges.1.cursor")
	keys, forged := keysIn(t, cursor)
	require.Equal(t, first.texts("watch.history.nodes.*.id")[1:], keys)

	second := p.ask(history, vars{"id": id, "after": cursor}).texts("watch.history.nodes.*.id")
	require.Len(t, second, 2)
	require.NotContains(t, second, keys[0])
	require.Equal(t, "BAD_USER_INPUT", p.try(history, vars{"id": id, "after": forged("1")}).code())
	require.Empty(t, p.ask(history, vars{"id": id, "after": forged("change_" + strings.Repeat("0", 26))}).texts("watch.history.nodes.*.id"))
}

// A time that PostgreSQL can't have is refused as what it is.
func TestAForgedTimeIsRefused(t *testing.T) {
	p := newStage(t).connected("ada")
	p.imported("1001")
	for _, field := range []string{"CREATED_AT", "LAST_SYNCED_AT"} {
		list := `query($after: String) { watches(first: 1, after: $after, filter: {status: ACTIVE}, orderBy: {field: ` + field + `, direction: ASC}) {
			pageInfo { endCursor } } }`
		keys, forged := keysIn(t, p.ask(list).text("watches.pageInfo.endCursor"))
		for at, code := range map[string]string{keys[0]: "", "0001-01-01T00:00:00Z": "", "0000-12-31T23:59:59Z": "BAD_USER_INPUT", "0001-01-01T00:00:00+01:00": "BAD_USER_INPUT"} {
			a := p.try(list, vars{"after": forged(at, keys[1])})
			if code == "" {
				require.Empty(t, a.Errors, at)
				continue
			}
			require.Equal(t, code, a.code(), at)
		}
	}
}
