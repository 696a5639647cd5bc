package pgserver_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
	"watchkeeper/internal/scratch"
)

// helperFolder makes the test binary a server on that folder instead of a run of tests.
const helperFolder = "PGSERVER_TEST_FOLDER"

// deadline is for what another process does.
const (
	deadline = 30 * time.Second
	tick     = 10 * time.Millisecond
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperFolder); dir != "" {
		os.Exit(serve(dir))
	}
	os.Exit(m.Run())
}

// serve runs a server until SIGTERM, and prints its address.
func serve(dir string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	server, err := pgserver.Start(ctx, config(dir))
	if err != nil {
		fmt.Println("failed:", err)
		return 1
	}
	fmt.Println("ready:", server.URL())
	<-ctx.Done()
	if err := server.Stop(context.Background()); err != nil {
		fmt.Println("failed:", err)
		return 1
	}
	return 0
}

func config(dir string) pgserver.Config {
	return pgserver.Config{DataDir: dir, BinDir: os.Getenv("POSTGRES_BIN_DIR"), Ephemeral: true}
}

// folder makes a folder that every user may enter and that ends with the test. (t.TempDir's are root's alone.)
func folder(t *testing.T) string {
	t.Helper()
	return scratch.Dir(t)
}

func start(t *testing.T, config pgserver.Config) *pgserver.Server {
	t.Helper()
	server, err := pgserver.Start(t.Context(), config)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop(context.Background())) })
	return server
}

// helper is the test binary as another process.
type helper struct {
	cmd    *exec.Cmd
	output *bufio.Reader
}

// startHelper runs the binary as a server on the folder; as that user, when one is given.
func startHelper(t *testing.T, binary, dir string, as *user.User) *helper {
	t.Helper()
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), helperFolder+"="+dir)
	cmd.Dir = "/"
	cmd.Stderr = os.Stderr
	if as != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential(t, as)}
	}
	output, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // the test may have done so already
		_ = cmd.Wait()
	})
	return &helper{cmd: cmd, output: bufio.NewReader(output)}
}

// ready returns the URL of the helper's server once that answers.
func (h *helper) ready(t *testing.T) string {
	t.Helper()
	line, err := h.output.ReadString('\n')
	if err != nil {
		require.ErrorIs(t, err, io.EOF)
	}
	url, ok := strings.CutPrefix(strings.TrimSpace(line), "ready: ")
	require.True(t, ok, line)
	return url
}

func self(t *testing.T) string {
	t.Helper()
	binary, err := os.Executable()
	require.NoError(t, err)
	return binary
}

func credential(t *testing.T, as *user.User) *syscall.Credential {
	t.Helper()
	uid, err := strconv.ParseUint(as.Uid, 10, 32)
	require.NoError(t, err)
	gid, err := strconv.ParseUint(as.Gid, 10, 32)
	require.NoError(t, err)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func query[T any](t *testing.T, url, sql string) T {
	t.Helper()
	conn := connect(t, url)
	var value T
	require.NoError(t, conn.QueryRow(t.Context(), sql).Scan(&value))
	require.NoError(t, conn.Close(t.Context()))
	return value
}

func execute(t *testing.T, url string, statements ...string) {
	t.Helper()
	conn := connect(t, url)
	for _, statement := range statements {
		_, err := conn.Exec(t.Context(), statement)
		require.NoError(t, err)
	}
	require.NoError(t, conn.Close(t.Context()))
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	return conn
}

// postmaster is the process that works on the folder's data.
func postmaster(t *testing.T, dir string) int {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, "postgres", "postmaster.pid"))
	require.NoError(t, err)
	first, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(first)
	require.NoError(t, err)
	return pid
}

// gone reports whether a process has ended, waited for or not.
func gone(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return true
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && strings.Contains(string(stat), ") Z ")
}

func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("needs root")
	}
}
