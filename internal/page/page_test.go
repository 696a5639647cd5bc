package page_test

import (
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/page"
)

func scope(t require.TestingT, name string, describedBy ...any) page.Scope {
	s, err := page.NewScope(name, describedBy...)
	require.NoError(t, err)
	return s
}

func TestFirst(t *testing.T) {
	s := scope(t, "list")
	for first, want := range map[int]bool{-1: false, 0: false, 1: true, 100: true, 101: false} {
		request, err := s.Request(&first, nil, 1)
		require.Equal(t, !want, apperr.Is(err, apperr.BadUserInput), first)
		if want {
			require.Equal(t, page.Request{First: first}, request)
		}
	}
	request, err := s.Request(nil, nil, 1)
	require.NoError(t, err)
	require.Equal(t, page.DefaultFirst, request.First)
}

func TestACursorLeadsBackToItsKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scope(t, "list", rapid.String().Draw(t, "filter"))
		keys := rapid.SliceOfN(rapid.StringMatching(`[^\x00]*`), 1, 4).Draw(t, "keys")
		cursor := s.Cursor(keys...)
		request, err := s.Request(nil, &cursor, len(keys))
		require.NoError(t, err)
		require.Equal(t, keys, request.After)
	})
}

func TestCursorsThatAreNotThisLists(t *testing.T) {
	s := scope(t, "watches", "firm", "filter")
	raw := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	for name, cursor := range map[string]string{
		"empty":          "",
		"nonsense":       "%%%",
		"no JSON":        raw("hello"),
		"another list":   scope(t, "matters", "firm", "filter").Cursor("a"),
		"another firm":   scope(t, "watches", "other", "filter").Cursor("a"),
		"another filter": scope(t, "watches", "firm", "other").Cursor("a"),
		"too many keys":  s.Cursor("a", "b"),
		"no keys":        s.Cursor(),
		"a NUL":          s.Cursor("a\x00"),
	} {
		_, err := s.Request(nil, &cursor, 1)
		require.True(t, apperr.Is(err, apperr.BadUserInput), name)
	}
}
