package demo_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/demo"
)

func TestTable(t *testing.T) {
	require.Equal(t, strings.TrimPrefix(`
                            first  last     date of                           case    assigned  case     date of
watch           case        name   name     birth    city  state              number  to        type     interest
José Peña       00004-Peña  same   updated  empty    kept  unusable           hidden  conflict  updated  replaced
Geneviève Côté  00006       —      —        —        —     —                  —       —         —        —
Ana             1           held   held     held     held  decided_by_a_vote  same    same      same     same
`, "\n"), demo.Table(
		[]string{
			"José Peña", "00004-Peña",
			"SAME", "UPDATED", "EMPTY_IN_CLIO", "KEPT_LOCAL", "UNUSABLE", "UNAVAILABLE", "CONFLICT", "UPDATED", "OVERWROTE_LOCAL",
		},
		[]string{"Geneviève Côté", "00006"},
		[]string{"Ana", "1", "HELD", "HELD", "HELD", "HELD", "DECIDED_BY_A_VOTE", "SAME", "SAME", "SAME", "SAME"},
	))
}

func TestReasons(t *testing.T) {
	for _, test := range [][5]string{
		{"UPDATED", "Dallas", "Austin", "Austin", "Dallas → Austin, took Clio's value"},
		{"UPDATED", "", "Austin", "Austin", "empty → Austin, took Clio's value"},
		{"KEPT_LOCAL", "Dallas", "Austin", "Dallas", "Dallas stays, for somebody at the firm entered it; Clio says Austin"},
		{"EMPTY_IN_CLIO", "Dallas", "", "Dallas", "Dallas stays; Clio has none any more"},
		{"UNUSABLE", "TX", "Texaz", "TX", "TX stays; Texaz, as Clio has it, can't be one"},
		{"SAME", "Dallas", "Dallas", "Dallas", ""},
		{"HELD", "Dallas", "", "Dallas", ""},
	} {
		require.Equal(t, test[4], demo.Reason(test[0], test[1], test[2], test[3]), test[0])
	}
}

func TestLongLinesAreBrokenBetweenWords(t *testing.T) {
	require.Equal(t, "short as it is", demo.Wrap("short as it is"))
	words := strings.TrimSpace(strings.Repeat("Genève ", 40))
	wrapped := demo.Wrap(words)
	require.Equal(t, strings.Fields(words), strings.Fields(wrapped))
	lines := strings.Split(wrapped, "\n")
	require.Len(t, lines, 3)
	for _, line := range lines {
		require.LessOrEqual(t, utf8.RuneCountInString(line), 110)
	}
}
