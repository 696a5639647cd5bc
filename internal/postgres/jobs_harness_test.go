package postgres_test

import (
	"bufio"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
)

// workUntilKilledOn names the database in the environment of a process of this test binary that is there to be killed.
const workUntilKilledOn = "WATCHKEEPER_TEST_WORK_UNTIL_KILLED_ON"

// workUntilKilled executes runs, never ends one, and prints which it began.
func workUntilKilled(address string) {
	ctx := context.Background()
	db, err := postgres.Open(ctx, address)
	if err != nil {
		panic(err)
	}
	working, err := postgres.NewJobs(db, postgres.JobsOptions{
		Execute: func(_ context.Context, runID string) (*time.Time, error) {
			fmt.Println(runID)
			select {}
		},
	})
	if err != nil {
		panic(err)
	}
	if err := working.Start(ctx); err != nil {
		panic(err)
	}
	select {}
}

// killDuring has a process of its own begin with the run, and kills it.
func killDuring(t *testing.T, address, runID string) {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	process := exec.CommandContext(t.Context(), program)
	process.Env = append(os.Environ(), workUntilKilledOn+"="+address)
	process.Stderr = os.Stderr
	output, err := process.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, process.Start())
	line, err := bufio.NewReader(output).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, runID+"\n", line)
	require.NoError(t, process.Process.Kill())
	require.Error(t, process.Wait())
}

// goAway ends all connections to the database and lets nobody in until comeBack is called.
func goAway(t *testing.T, address string) (comeBack func()) {
	t.Helper()
	parsed, err := url.Parse(address)
	require.NoError(t, err)
	name := parsed.Path[1:]
	parsed.Path = "/postgres"
	admin, err := pgx.Connect(t.Context(), parsed.String())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, admin.Close(context.Background())) })
	execute := func(statement string) {
		_, err := admin.Exec(t.Context(), fmt.Sprintf(statement, name))
		require.NoError(t, err)
	}
	execute("ALTER DATABASE %s WITH ALLOW_CONNECTIONS FALSE")
	execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '%s'")
	return func() { execute("ALTER DATABASE %s WITH ALLOW_CONNECTIONS TRUE") }
}
