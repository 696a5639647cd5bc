package pgserver_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
)

func TestJoinsAServerThatRuns(t *testing.T) {
	for name, dir := range map[string]string{
		"a socket in the folder": "data", "a socket elsewhere": strings.Repeat("long", 20),
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(folder(t), dir)
			server := start(t, config(dir))
			_, err := pgserver.Start(t.Context(), config(dir))
			require.ErrorIs(t, err, pgserver.ErrInUse)

			link := filepath.Join(folder(t), "link")
			require.NoError(t, os.Symlink(dir, link))
			for _, path := range []string{dir, link} {
				address, err := pgserver.Join(t.Context(), path)
				require.NoError(t, err)
				require.Equal(t, server.URL(), address)
				require.Equal(t, "watchkeeper", query[string](t, address, "SELECT current_database()"))
			}
		})
	}
}

// A server that is starting is waited for.
func TestJoinWaits(t *testing.T) {
	dir := folder(t)
	type joined struct {
		address string
		err     error
	}
	result := make(chan joined, 1)
	go func() {
		address, err := pgserver.Join(t.Context(), dir)
		result <- joined{address, err}
	}()
	server := start(t, config(dir))
	require.Equal(t, joined{server.URL(), nil}, <-result)
}

func TestJoinGivesUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := pgserver.Join(ctx, folder(t))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	_, err = pgserver.Join(t.Context(), filepath.Join(folder(t), "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
}
