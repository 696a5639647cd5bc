package demo_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/demo"
)

func TestTheTour(t *testing.T) {
	t.Parallel()
	s := &stage{}
	told, err := s.tour(t, true)
	require.NoError(t, err)
	for line := range strings.Lines(told) {
		require.LessOrEqual(t, utf8.RuneCountInString(line), 121, line)
	}
	require.NotContains(t, told, "✗")
	require.Equal(t, 3, strings.Count(told, "\n     {"), "queries to paste")
	require.Contains(t, told, "Robert Hale · CITY: Dallas → Austin, took Clio's value\n")
	require.Regexp(t, `\nMaeve O'Brien +00003-O'Brien +same +same +same +kept +same +same +same +same +same\n`, told)
	require.Regexp(t, `\nServing at http://127.0.0.1:\d+ — Ctrl-C stops everything and removes the demo's data\.\n$`, told)
	require.Less(t, len(s.sandbox.Requests()), 45, "Clio allows 50 requests a minute, and somebody may want to go on")
}

func TestWhereTheServerDoesNotGoOnItIsNotSaid(t *testing.T) {
	t.Parallel()
	told, err := new(stage).tour(t, false)
	require.NoError(t, err)
	require.NotContains(t, told, "Serving")
}

// TestAWrongAnswerMakesItFail holds the tour to its word: whatever isn't as it claims ends it, and is named.
func TestAWrongAnswerMakesItFail(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		tampering
		ignores string
		says    []string
	}{
		"a connection that doesn't work": {
			tampering{in: "clioIntegration", was: `"CONNECTED"`, is: `"UNREACHABLE"`}, "", []string{"Clio is connected", "UNREACHABLE"},
		},
		"a company that can be imported": {
			tampering{in: "clioMatters", was: `"importable":false`, is: `"importable":true`}, "", []string{"browsed", "1010"},
		},
		"a matter imported twice": {
			tampering{in: "importMatters", was: "ALREADY_LINKED", is: "IMPORTED"}, "", []string{"Eight", "1001", "ALREADY_LINKED", "IMPORTED"},
		},
		"a company imported": {
			tampering{in: "importMatters", was: "NO_PERSON", is: "IMPORTED"}, "", []string{"Eight", "1010", "NO_PERSON"},
		},
		"an edit that is dropped": {
			tampering{in: "updateWatch", was: "estate 2026", is: ""}, "", []string{"edits", "estate 2026"},
		},
		"an edit that is refused": {
			tampering{in: "updateWatch", was: `"userErrors":[]`, is: `"userErrors":[{"code":"ARCHIVED","message":"No.","path":["id"]}]`},
			"", []string{"edits", "ARCHIVED at id: No."},
		},
		"a change that Clio doesn't make": {
			tampering{}, "PATCH /sandbox/contacts/504", []string{"José Peña", "EMPTY_IN_CLIO", "SAME"},
		},
		"a dry run that writes": {
			tampering{since: `"dry":true`, in: "watches(", was: `"value":"Dallas"`, is: `"value":"Austin"`}, "", []string{"foretells", "Robert Hale"},
		},
		"a dry run that tells something else": {
			tampering{in: `"dry":true`, was: "is closed in Clio", is: "is open"}, "", []string{"The sync does", "Walter Lindqvist", "is open"},
		},
		"a local edit that is lost": {
			tampering{in: `"dry":false`, was: `"KEPT_LOCAL"`, is: `"OVERWROTE_LOCAL"`}, "", []string{"The sync does", "KEPT_LOCAL", "OVERWROTE_LOCAL"},
		},
		"a value that isn't the one told": {
			tampering{since: `"dry":false`, in: "watches(", was: `"value":"Austin"`, is: `"value":"Dallas"`}, "", []string{"The sync does", "Robert Hale"},
		},
		"a matter that is gone without a word": {
			tampering{in: `"dry":false`, was: `"MISSING"`, is: `"UNCHANGED"`}, "", []string{"The sync does", "Geneviève Côté", "MISSING"},
		},
		"a person who becomes another unnoticed": {
			tampering{in: `"dry":false`, was: `"identityChanged":true`, is: `"identityChanged":false`}, "", []string{"Ana Rivera", "identity"},
		},
		"tags that a sync takes": {
			tampering{since: `"dry":false`, in: "watches(", was: `"VIP",`, is: ""}, "", []string{"leaves alone", "Ana Rivera", "VIP"},
		},
		"a link that hides the new client": {
			tampering{since: `"dry":false`, in: "watches(", was: "CLIENT_CHANGED", is: "LINKED"}, "", []string{"links", "CLIENT_CHANGED"},
		},
		"a schedule that is not one": {
			tampering{in: "updateSyncSettings", was: `"nextSyncAt":"2`, is: `"nextSyncAt":"1`}, "", []string{"by itself", "within a day"},
		},
		"a schedule at another time": {
			tampering{in: "updateSyncSettings", was: `:00:00Z"`, is: `:01:00Z"`}, "", []string{"by itself", "06:00", "06:01"},
		},
		"a query that fails": {
			tampering{in: "imported: false", was: `{"data"`, is: `{"errors":[{"message":"No.","extensions":{"code":"INTERNAL"}}],"data"`},
			"", []string{"paste", "INTERNAL: No."},
		},
		"a query that shows something else": {
			tampering{in: "{ watch(id", was: "Delray Beach", is: "Boynton Beach"}, "", []string{"paste", "Delray Beach"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			told, err := (&stage{tampering: test.tampering, ignores: test.ignores}).tour(t, true)
			require.Error(t, err)
			for _, says := range test.says {
				require.ErrorContains(t, err, says)
			}
			require.True(t, strings.HasPrefix(told[strings.LastIndex(strings.TrimSpace(told), "\n")+1:], "✗ "), "the last line: %s", told)
		})
	}
}

func TestWithoutAServerItFails(t *testing.T) {
	err := demo.Run(t.Context(), demo.Options{Server: "http://127.0.0.1:1", Clio: "http://127.0.0.1:1", Out: io.Discard})
	require.ErrorContains(t, err, `"A firm signs up"`)
}

func TestWhatCannotBeToldIsAnError(t *testing.T) {
	t.Parallel()
	require.ErrorIs(t, new(stage).tourTo(t, full{}, false), errFull)
}

// full is a disk on which there is no room.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }
