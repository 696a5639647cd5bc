package bench_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
)

// firmsWithTokens is how many firms are connected to Clio, each with two tokens.
const firmsWithTokens = 10_000

// A new key: every token is sealed with it, firm by firm.
func BenchmarkReseal(b *testing.B) {
	db := openDatabase(b)
	store := postgres.NewClio(db)
	key := func(n int) []byte { return bytes.Repeat([]byte{byte(n)}, 32) }
	execute(b, db, "INSERT INTO firms (id, name, created_at) SELECT 'firm_' || n, 'Firm', now() FROM generate_series(1, $1) AS n", firmsWithTokens)
	ring, err := clio.NewKeyring([][]byte{key(0)})
	require.NoError(b, err)
	for n := range firmsWithTokens {
		id := fmt.Sprint("firm_", n+1)
		_, err := store.Change(b.Context(), id, func(row *clio.Integration) error {
			row.AccessToken = ring.Seal([]byte("access"), clio.Row{Table: "clio_integrations", ID: id, Column: "access_token"})
			row.RefreshToken = ring.Seal([]byte("refresh"), clio.Row{Table: "clio_integrations", ID: id, Column: "refresh_token"})
			return nil
		})
		require.NoError(b, err)
	}
	settle(b, db)
	n := 0
	for b.Loop() {
		n++
		ring, err := clio.NewKeyring([][]byte{key(n), key(n - 1)})
		require.NoError(b, err)
		resealed, err := clio.NewTokenKeys(store, ring).Reseal(b.Context())
		require.NoError(b, err)
		require.Equal(b, 2*firmsWithTokens, resealed)
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(n*firmsWithTokens)*1e3, "ms/firm")
}
