package docs_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/syncer"
)

// The diagram of a run's life is true: it shows every change of status that the program allows, and no other.
func TestLifeOfARunIsAsDrawn(t *testing.T) {
	text, err := os.ReadFile("architecture.md")
	require.NoError(t, err)
	_, chart, found := strings.Cut(string(text), "stateDiagram-v2\n")
	require.True(t, found)
	chart, _, _ = strings.Cut(chart, "```")

	arrow := regexp.MustCompile(`^(\S+) --> ([^:\s]+)(?::.*)?$`)
	statuses := map[syncer.SyncRunStatus]bool{}
	drawn, last := map[[2]syncer.SyncRunStatus]bool{}, map[syncer.SyncRunStatus]bool{}
	for line := range strings.SplitSeq(strings.TrimSpace(chart), "\n") {
		match := arrow.FindStringSubmatch(strings.TrimSpace(line))
		require.NotNil(t, match, line)
		from, to := syncer.SyncRunStatus(match[1]), syncer.SyncRunStatus(match[2])
		switch {
		case from == "[*]":
			require.Equal(t, syncer.RunQueued, to, "a new run")
		case to == "[*]":
			last[from] = true
		default:
			drawn[[2]syncer.SyncRunStatus{from, to}], statuses[from], statuses[to] = true, true, true
		}
	}
	require.Len(t, statuses, 6)
	for to := range statuses {
		require.Equal(t, last[to], (&syncer.SyncRun{Status: to}).Ended(), "%s is the last", to)
		for from := range statuses {
			allowed := false
			for _, before := range to.Before() {
				allowed = allowed || before == from
			}
			require.Equal(t, drawn[[2]syncer.SyncRunStatus{from, to}], allowed, "%s to %s", from, to)
		}
	}
}
