package postgres_test

import (
	"os"
	"testing"

	"watchkeeper/internal/postgres/pgtest"
)

func TestMain(m *testing.M) {
	if url := os.Getenv(workUntilKilledOn); url != "" {
		workUntilKilled(url)
		return
	}
	pgtest.Main(m)
}
