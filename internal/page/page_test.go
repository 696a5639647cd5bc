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

func TestSizes(t *testing.T) {
	s := scope(t, "list")
	for size, want := range map[int]bool{-1: false, 0: false, 1: true, 100: true, 101: false} {
		for _, args := range []page.Args{{First: &size}, {Last: &size}} {
			request, err := s.Request(args, 1)
			require.Equal(t, !want, apperr.Is(err, apperr.BadUserInput), size)
			if want {
				require.Equal(t, page.Request{Size: size, Backward: args.Last != nil}, request)
			}
		}
	}
	request, err := s.Request(page.Args{}, 1)
	require.NoError(t, err)
	require.Equal(t, page.Request{Size: page.DefaultFirst}, request)
}

// Every combination of arguments: a page begins after a cursor or ends before one.
func TestCombinationsOfArguments(t *testing.T) {
	s := scope(t, "list")
	size, cursor := 10, s.Cursor("a")
	for given := range 16 {
		args, first, after, last, before := page.Args{}, given&1 > 0, given&2 > 0, given&4 > 0, given&8 > 0
		if first {
			args.First = &size
		}
		if after {
			args.After = &cursor
		}
		if last {
			args.Last = &size
		}
		if before {
			args.Before = &cursor
		}
		_, err := s.Request(args, 1)
		refused := first && last || after && last || before && !last
		require.Equal(t, refused, apperr.Is(err, apperr.BadUserInput), "first %t, after %t, last %t, before %t", first, after, last, before)
		require.Equal(t, refused, err != nil)
	}
}

func TestACursorLeadsBackToItsKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scope(t, "list", rapid.String().Draw(t, "filter"))
		keys := rapid.SliceOfN(rapid.StringMatching(`[^\x00]*`), 1, 4).Draw(t, "keys")
		cursor := s.Cursor(keys...)
		size := 1
		for _, args := range []page.Args{{After: &cursor}, {Last: &size, Before: &cursor}} {
			request, err := s.Request(args, len(keys))
			require.NoError(t, err)
			require.Equal(t, keys, request.Cursor)
		}
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
		size := 1
		for _, args := range []page.Args{{After: &cursor}, {Last: &size, Before: &cursor}} {
			_, err := s.Request(args, 1)
			require.True(t, apperr.Is(err, apperr.BadUserInput), name)
		}
	}
}
