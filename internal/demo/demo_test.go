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

func TestTour(t *testing.T) {
	t.Parallel()
	h := &harness{}
	output, err := h.run(t, true)
	require.NoError(t, err)
	for line := range strings.Lines(output) {
		require.LessOrEqual(t, utf8.RuneCountInString(line), 121, line)
	}
	require.NotContains(t, output, "✗")
	require.Equal(t, 3, strings.Count(output, "\n     {"), "queries to try")
	require.Contains(t, output, "Robert Hale · CITY: changed from Dallas to Austin, the value in Clio\n")
	require.Regexp(t, `\nMaeve O'Brien +00003-O'Brien +same +same +same +kept +same +same +same +same +same\n`, output)
	require.Regexp(t, `\nOpen http://127.0.0.1:\d+ in a browser\n  and sign in as demo@watchkeeper.test, password watch-and-keep\n`+
		`  or, .*\nPress Ctrl-C to stop the demo and delete its data\.\n$`, output)
	require.Less(t, len(h.sandbox.Requests()), demo.ClioRequests/2, "users may want to continue")
}

func TestTourWithoutKeepServing(t *testing.T) {
	t.Parallel()
	output, err := new(harness).run(t, false)
	require.NoError(t, err)
	require.NotContains(t, output, "Ctrl-C")
}

// TestTourFailsOnWrongResults checks that the tour fails, and names the problem, if anything differs from what it claims.
func TestTourFailsOnWrongResults(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		tamper
		ignored     string
		wantInError []string
	}{
		"a connection that doesn't work": {
			tamper{in: "clioIntegration", old: `"CONNECTED"`, new: `"UNREACHABLE"`}, "", []string{"Clio is connected", "UNREACHABLE"},
		},
		"a company that can be imported": {
			tamper{in: "clioMatters", old: `"importable":false`, new: `"importable":true`}, "", []string{"browsed", "1010"},
		},
		"a matter imported twice": {
			tamper{in: "importMatters", old: "ALREADY_LINKED", new: "IMPORTED"}, "", []string{"Eight", "1001", "ALREADY_LINKED", "IMPORTED"},
		},
		"a company imported": {
			tamper{in: "importMatters", old: "NO_PERSON", new: "IMPORTED"}, "", []string{"Eight", "1010", "NO_PERSON"},
		},
		"an edit that is dropped": {
			tamper{in: "updateWatch", old: "estate 2026", new: ""}, "", []string{"edits", "estate 2026"},
		},
		"an edit that is refused": {
			tamper{in: "updateWatch", old: `"userErrors":[]`, new: `"userErrors":[{"code":"ARCHIVED","message":"No.","path":["id"]}]`},
			"", []string{"edits", "ARCHIVED at id: No."},
		},
		"a change that Clio doesn't make": {
			tamper{}, "PATCH /sandbox/contacts/504", []string{"José Peña", "EMPTY_IN_CLIO", "SAME"},
		},
		"a dry run that writes": {
			tamper{from: `"dry":true`, in: "watches(", old: `"value":"Dallas"`, new: `"value":"Austin"`}, "", []string{"predicts", "Robert Hale"},
		},
		"a dry run that differs from the sync": {
			tamper{in: `"dry":true`, old: "is closed in Clio", new: "is open"}, "", []string{"The sync runs", "Walter Lindqvist", "is open"},
		},
		"a local edit that is lost": {
			tamper{in: `"dry":false`, old: `"KEPT_LOCAL"`, new: `"OVERWROTE_LOCAL"`}, "", []string{"The sync runs", "KEPT_LOCAL", "OVERWROTE_LOCAL"},
		},
		"a value that differs from the result": {
			tamper{from: `"dry":false`, in: "watches(", old: `"value":"Austin"`, new: `"value":"Dallas"`}, "", []string{"The sync runs", "Robert Hale"},
		},
		"a missing matter that isn't reported": {
			tamper{in: `"dry":false`, old: `"MISSING"`, new: `"UNCHANGED"`}, "", []string{"The sync runs", "Geneviève Côté", "MISSING"},
		},
		"an identity change that isn't reported": {
			tamper{in: `"dry":false`, old: `"identityChanged":true`, new: `"identityChanged":false`}, "", []string{"Ana Rivera", "identity"},
		},
		"a sync that removes tags": {
			tamper{from: `"dry":false`, in: "watches(", old: `"VIP",`, new: ""}, "", []string{"unchanged", "Ana Rivera", "VIP"},
		},
		"a link that doesn't show the new client": {
			tamper{from: `"dry":false`, in: "watches(", old: "CLIENT_CHANGED", new: "LINKED"}, "", []string{"links", "CLIENT_CHANGED"},
		},
		"matters that aren't imported with the others": {
			tamper{from: "first: 100", in: "importMatters", old: `"IMPORTED"`, new: `"FAILED"`}, "", []string{"More matters", "FAILED"},
		},
		"a watch that is created with another name": {
			tamper{in: "createWatch", old: "Illingworth-Shaw", new: "Shaw"}, "", []string{"by hand", "Illingworth-Shaw"},
		},
		"a watch that isn't archived": {
			tamper{in: "archiveWatch", old: `"ARCHIVED"`, new: `"ACTIVE"`}, "", []string{"archived", "ACTIVE"},
		},
		"a case type that isn't chosen": {
			tamper{in: "setCaseTypeMapping", old: `"isBuiltIn":false`, new: `"isBuiltIn":true`}, "", []string{"case type", "FAMILY_LAW"},
		},
		"an edit of the office that is dropped": {
			tamper{in: "Beaverton", old: "Beaverton", new: "Portland"}, "", []string{"The office edits", "1011", "Portland"},
		},
		"conflicts that nobody is asked about": {
			tamper{in: "conflictResolution: ASK", old: `"ASK"`, new: `"KEEP_LOCAL"`}, "", []string{"The office edits", "KEEP_LOCAL"},
		},
		"a change that Clio doesn't make at the office": {
			tamper{}, "POST /sandbox/matters/1012/hide", []string{"A dry run of all", "Missing:2", "Missing:1"},
		},
		"a name that doesn't change at the office": {
			tamper{}, "PATCH /sandbox/contacts/515", []string{"A dry run of all", "IdentityChanged:2", "IdentityChanged:1"},
		},
		"a run that is partly done": {
			tamper{in: "syncRun(id", old: `"SUCCEEDED"`, new: `"PARTIAL"`}, "", []string{"A dry run of all", "PARTIAL"},
		},
		"a conflict that is lost": {
			tamper{in: "syncStatus", old: `"openConflicts":4`, new: `"openConflicts":3`}, "", []string{"All watches are synced", "open conflicts"},
		},
		"an invitation for another role": {
			tamper{in: "invitation { email role }", old: `"role":"ADMIN"`, new: `"role":"MEMBER"`}, "", []string{"Another is invited", "MEMBER"},
		},
		"a schedule in the past": {
			tamper{in: "updateSyncSettings", old: `"nextSyncAt":"2`, new: `"nextSyncAt":"1`}, "", []string{"schedule", "within a day"},
		},
		"a schedule at another time": {
			tamper{in: "updateSyncSettings", old: `:00:00Z"`, new: `:01:00Z"`}, "", []string{"schedule", "06:00", "06:01"},
		},
		"a query that fails": {
			tamper{in: "clientName importable", old: `{"data"`, new: `{"errors":[{"message":"No.","extensions":{"code":"INTERNAL"}}],"data"`},
			"", []string{"examples", "INTERNAL: No."},
		},
		"a query with another result": {
			tamper{in: "{ watch(id", old: "Delray Beach", new: "Boynton Beach"}, "", []string{"examples", "Delray Beach"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			output, err := (&harness{tampering: test.tamper, ignored: test.ignored}).run(t, true)
			require.Error(t, err)
			for _, text := range test.wantInError {
				require.ErrorContains(t, err, text)
			}
			require.True(t, strings.HasPrefix(output[strings.LastIndex(strings.TrimSpace(output), "\n")+1:], "✗ "), "the last line: %s", output)
		})
	}
}

func TestTourWithoutAServer(t *testing.T) {
	err := demo.Run(t.Context(), demo.Options{Server: "http://127.0.0.1:1", Clio: "http://127.0.0.1:1", Out: io.Discard})
	require.ErrorContains(t, err, `"A firm signs up"`)
}

func TestTourFailsIfItCannotPrint(t *testing.T) {
	t.Parallel()
	require.ErrorIs(t, new(harness).runTo(t, fullDisk{}, false), errFull)
}

// fullDisk is a writer to a full disk.
type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }
