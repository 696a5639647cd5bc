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
		{"UPDATED", "Dallas", "Austin", "Austin", "changed from Dallas to Austin, the value in Clio"},
		{"UPDATED", "", "Austin", "Austin", "changed from empty to Austin, the value in Clio"},
		{"KEPT_LOCAL", "Dallas", "Austin", "Dallas", "kept Dallas, because a user at the firm entered it; Clio has Austin"},
		{"EMPTY_IN_CLIO", "Dallas", "", "Dallas", "kept Dallas, because Clio no longer has a value"},
		{"UNUSABLE", "TX", "Texaz", "TX", "kept TX, because the value in Clio, Texaz, is not valid"},
		{"SAME", "Dallas", "Dallas", "Dallas", ""},
		{"HELD", "Dallas", "", "Dallas", ""},
	} {
		require.Equal(t, test[4], demo.Reason(test[0], test[1], test[2], test[3]), test[0])
	}
}

func TestWrap(t *testing.T) {
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
