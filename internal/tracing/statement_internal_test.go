package tracing

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"
	"pgregory.net/rapid"
)

func TestStatementsLoseTheirValues(t *testing.T) {
	for statement, expected := range map[string]string{
		`SELECT "w"."id" FROM "watches" AS "w" WHERE (w.name = 'O''Brien') LIMIT 20`: `SELECT "w"."id" FROM "watches" AS "w" WHERE (w.name = ?) LIMIT ?`,
		`UPDATE t SET n = -12.5, b = '\x00ff', ids = '{"a","b"}', on_1 = TRUE`:       `UPDATE t SET n = -?.?, b = ?, ids = ?, on_1 = TRUE`,
		`SELECT count(*)::int8 FROM "a""b" WHERE x = $1 AND y ~ 'ends with \'`:       `SELECT count(*)::int8 FROM "a""b" WHERE x = $1 AND y ~ ?`,
		`SELECT 'never ends`:            `SELECT ?`,
		`SELECT ''''''`:                 `SELECT ?`,
		`SELECT 1e10, 0x1F, naïve, 'é'`: `SELECT ?, ?, naïve, ?`,
		``:                              ``,
	} {
		require.Equal(t, expected, withoutValues(statement))
	}
}

func TestLongStatementsAreCut(t *testing.T) {
	require.LessOrEqual(t, len(withoutValues("SELECT "+strings.Repeat("é", 2*maxStatement))), maxStatement)
	require.LessOrEqual(t, len(withoutValues("INSERT INTO t VALUES "+strings.Repeat("(1, 'x'), ", 10_000))), maxStatement)
}

// Whatever is written into a statement, as Bun writes it, leaves no trace: the text is the same for all values.
func TestNoValueIsLeft(t *testing.T) {
	bun := schema.NewQueryGen(pgdialect.New())
	format := func(text string, number int, list []string) string {
		return withoutValues(bun.FormatQuery("UPDATE t SET a = ?, b = ?, c = ? WHERE d", text, number, pgdialect.Array(list)))
	}
	expected := format("", 0, []string{})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ReplaceAll(rapid.String().Draw(t, "text"), "\x00", "")
		number := rapid.IntRange(0, 1<<60).Draw(t, "number")
		list := rapid.SliceOf(rapid.StringMatching(`[^\x00]*`)).Draw(t, "list")
		require.Equal(t, expected, format(text, number, list))
	})
}
