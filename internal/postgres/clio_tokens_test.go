package postgres_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

func TestClio_tokenHeaders(t *testing.T) {
	db := pgtest.Open(t)
	store := postgres.NewClio(db)
	headers, err := store.TokenHeaders(t.Context(), 2)
	require.NoError(t, err)
	require.Empty(t, headers)

	byTokens := map[[2]string]string{}
	for _, tokens := range [][2]string{{"", ""}, {"\x00a1", ""}, {"", "\x00b2"}, {"\x00a3", "\x00a4"}, {"\x00a5", "\x00b6"}, {"\x00b7", "\x00b8"}} {
		firm := clioFirm(t, db).FirmID
		byTokens[tokens] = firm
		_, err := store.Change(t.Context(), firm, func(row *clio.Integration) error {
			if tokens[0] != "" {
				row.AccessToken = clio.Sealed(tokens[0])
			}
			if tokens[1] != "" {
				row.RefreshToken = clio.Sealed(tokens[1])
			}
			return nil
		})
		require.NoError(t, err)
	}
	headers, err = store.TokenHeaders(t.Context(), 2)
	require.NoError(t, err)
	require.ElementsMatch(t, []clio.TokenHeader{{Header: clio.Sealed("\x00a"), Tokens: 4}, {Header: clio.Sealed("\x00b"), Tokens: 4}}, headers)

	var expected []string
	for tokens, firm := range byTokens {
		if slices.ContainsFunc(tokens[:], func(token string) bool { return token != "" && token[:2] != "\x00b" }) {
			expected = append(expected, firm)
		}
	}
	slices.Sort(expected)
	require.Len(t, expected, 3)
	firms, err := store.FirmsWithoutHeader(t.Context(), []byte("\x00b"), "", 10)
	require.NoError(t, err)
	require.Equal(t, expected, firms)
	firms, err = store.FirmsWithoutHeader(t.Context(), []byte("\x00b"), expected[0], 1)
	require.NoError(t, err)
	require.Equal(t, expected[1:2], firms)
}
