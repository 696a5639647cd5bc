package postgres_test

import (
	"testing"

	"watchkeeper/internal/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }
