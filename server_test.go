package main_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/scratch"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// timeout is how long anything of the built program may take here, however busy the machine.
const timeout = time.Minute

// Whole journeys through the program as people run it.
func TestProgram(t *testing.T) {
	program := filepath.Join(t.TempDir(), "watchkeeper")
	built, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput()
	require.NoError(t, err, string(built))
	for name, journey := range map[string]func(*testing.T, string){
		"it tells its version":                           versionIsShown,
		"the health check reports whether it is ready":   healthIsChecked,
		"the demo runs to its end":                       demoOnce,
		"a signal ends everything":                       signalEndsEverything,
		"killed, it starts again with what it had":       killedStartsAgain,
		"two on one data folder: the second says so":     secondSaysSo,
		"four start at once on an empty database":        fourStartAtOnce,
		"every problem with the settings, and no secret": settingsProblems,
		"migrations are listed before and after":         migrationsAreListed,
		"a backup is restored elsewhere":                 backupIsRestored,
		"keys rotate beside the built-in database":       keysRotateBesideADatabase,
		"keys where no server has run":                   keysWithoutAServer,
		"keys rotate in a file of two servers":           keysRotateInAFile,
		"keys rotate in the environment":                 keysOfTheEnvironment,
		"a password is reset beside a server":            passwordIsReset,
		"killed replicas lose nothing":                   killsLoseNothing,
		"a stopping replica hands its runs back":         stoppingHandsRunsBack,
		"killed around due times, each round comes once": killsAroundDueTimes,
		"metrics are served where it is said":            metricsWhereSaid,
		"the metrics' default address may be busy":       metricsDefaultBusy,
		"log, traces and metrics say nothing personal":   saysNothingPersonal,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			journey(t, program)
		})
	}
}

// process is a program that runs.
type process struct {
	*exec.Cmd
	t      *testing.T
	lines  chan string
	exited chan error
}

// start runs the program with these settings and nothing else of the environment's. Metrics are served only where a setting says so.
func start(t *testing.T, program string, settings []string, arguments ...string) *process {
	t.Helper()
	return startWith(t, program, append([]string{"METRICS_ADDR="}, settings...), arguments...)
}

// startWith is start with METRICS_ADDR not set, unless the settings have it.
func startWith(t *testing.T, program string, settings []string, arguments ...string) *process {
	t.Helper()
	return startCommand(t, exec.Command(program, arguments...), settings)
}

// startCommand starts a command that runs the program.
func startCommand(t *testing.T, command *exec.Cmd, settings []string) *process {
	t.Helper()
	p := &process{Cmd: command, t: t, lines: make(chan string, 1000), exited: make(chan error, 1)}
	p.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "TMPDIR=" + scratch.Dir(t)}, settings...)
	output, input := io.Pipe()
	p.Stdout, p.Stderr = input, input
	require.NoError(t, p.Start())
	go func() {
		scanner := bufio.NewScanner(output)
		scanner.Buffer(nil, 1<<20)
		for scanner.Scan() {
			p.lines <- scanner.Text()
		}
		close(p.lines)
	}()
	go func() {
		err := p.Wait()
		_ = input.Close()
		p.exited <- err
	}()
	t.Cleanup(func() { // a kill would leave its PostgreSQL behind, at work in a folder that is being removed
		late := time.AfterFunc(timeout, func() { _ = p.Process.Kill() })
		defer late.Stop()
		_ = p.Process.Signal(os.Interrupt)
		for range p.lines {
		}
	})
	return p
}

// until waits for a line with the text and returns it.
func (p *process) until(text string) string {
	p.t.Helper()
	late := time.After(timeout)
	var seen []string
	for {
		select {
		case line, ok := <-p.lines:
			require.True(p.t, ok, "it ended without %q:\n%s", text, strings.Join(seen, "\n"))
			if seen = append(seen, line); strings.Contains(line, text) {
				return line
			}
		case <-late:
			require.Fail(p.t, "too late", "no %q:\n%s", text, strings.Join(seen, "\n"))
		}
	}
}

// end waits for the program to end, and returns what it had still to say.
func (p *process) end() (rest string, err error) {
	p.t.Helper()
	var seen []string
	late := time.After(timeout)
	for {
		select {
		case line, ok := <-p.lines:
			if !ok {
				return strings.Join(seen, "\n"), <-p.exited
			}
			seen = append(seen, line)
		case <-late:
			require.Fail(p.t, "it doesn't end", strings.Join(seen, "\n"))
		}
	}
}

// freeAddress is where nothing listens at the moment.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, listener.Close()) }()
	return listener.Addr().String()
}

// dataFolder is a folder that the user who runs the built-in database can reach too.
func dataFolder(t *testing.T) string {
	t.Helper()
	return filepath.Join(scratch.Dir(t), "data")
}

func post(t *testing.T, address, query string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/graphql", strings.NewReader(`{"query":"`+query+`"}`))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer func() { require.NoError(t, response.Body.Close()) }()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(body)
}

const signUp = `mutation { signUp(input: {firmName: \"F\", name: \"N\", email: \"a@b\", password: \"12345678\"}) { viewer { id } } }`

// postgresIn reports whether a PostgreSQL runs on a folder below this one.
func postgresIn(t *testing.T, folder string) bool {
	t.Helper()
	processes, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(t, err)
	for _, path := range processes {
		line, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(line), folder) && strings.Contains(string(line), "postgres") {
			return true
		}
	}
	return false
}

func demoOnce(t *testing.T, program string) {
	p := start(t, program, nil, "demo", "--once", "--listen-addr", freeAddress(t))
	output, err := p.end()
	require.NoError(t, err, output)
	require.Contains(t, output, "kept")
}

func signalEndsEverything(t *testing.T, program string) {
	folder, address := dataFolder(t), freeAddress(t)
	p := start(t, program, []string{"DATA_DIR=" + folder, "LISTEN_ADDR=" + address})
	p.until("serving")
	require.Contains(t, post(t, address, `{ signUpAllowed }`), "true")
	require.True(t, postgresIn(t, folder))
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	began := time.Now()
	_, err := p.end()
	require.NoError(t, err)
	require.Less(t, time.Since(began), 10*time.Second)
	require.False(t, postgresIn(t, folder))
}

func killedStartsAgain(t *testing.T, program string) {
	folder, address := dataFolder(t), freeAddress(t)
	settings := []string{"DATA_DIR=" + folder, "LISTEN_ADDR=" + address}
	p := start(t, program, settings)
	p.until("serving")
	require.Contains(t, post(t, address, signUp), "viewer_")
	require.NoError(t, p.Process.Kill())
	_, err := p.end()
	require.Error(t, err)

	p = start(t, program, settings)
	p.until("serving")
	require.Contains(t, post(t, address, `{ signUpAllowed }`), "false", "the firm is still there")
	require.NoError(t, p.Process.Signal(os.Interrupt))
	_, err = p.end()
	require.NoError(t, err)
}

func secondSaysSo(t *testing.T, program string) {
	folder := dataFolder(t)
	first := start(t, program, []string{"DATA_DIR=" + folder, "LISTEN_ADDR=" + freeAddress(t)})
	first.until("serving")
	output, err := start(t, program, []string{"DATA_DIR=" + folder, "LISTEN_ADDR=" + freeAddress(t)}).end()
	require.Error(t, err)
	require.Contains(t, output, folder)
	require.Contains(t, output, "another")
}

func fourStartAtOnce(t *testing.T, program string) {
	database := pgtest.Empty(t)
	key := base64.StdEncoding.EncodeToString(make([]byte, 32))
	var four []*process
	for range 4 {
		four = append(four, start(t, program, []string{
			"DATABASE_URL=" + database, "ENCRYPTION_KEYS=" + key, "LISTEN_ADDR=" + freeAddress(t),
		}))
	}
	for _, p := range four {
		p.until("serving")
	}
	for _, p := range four {
		require.NoError(t, p.Process.Signal(syscall.SIGTERM))
		_, err := p.end()
		require.NoError(t, err)
	}
}

func settingsProblems(t *testing.T, program string) {
	output, err := start(t, program, []string{
		"DATABASE_URL=postgres://user:hush@nowhere/db", "ENCRYPTION_KEYS=hush-hush", "CLIO_REGION=mars", "CLIO_CLIENT_SECRET=hush",
		"LOG_LEVEL=loud", "OPEN_SIGN_UP=perhaps", "PUBLIC_URL=ftp://x",
	}).end()
	require.Error(t, err)
	for _, variable := range []string{"ENCRYPTION_KEYS", "CLIO_REGION", "CLIO_CLIENT_ID", "LOG_LEVEL", "OPEN_SIGN_UP", "PUBLIC_URL"} {
		require.Contains(t, output, variable)
	}
	require.NotContains(t, output, "hush")
}

func migrationsAreListed(t *testing.T, program string) {
	settings := []string{"DATABASE_URL=" + pgtest.Empty(t), "ENCRYPTION_KEYS=" + base64.StdEncoding.EncodeToString(make([]byte, 32))}
	status, err := start(t, program, settings, "migrate", "status").end()
	require.NoError(t, err, status)
	require.Contains(t, status, "not applied")
	up, err := start(t, program, settings, "migrate", "up").end()
	require.NoError(t, err, up)
	require.NotContains(t, up, "not applied")
	status, err = start(t, program, settings, "migrate", "status").end()
	require.NoError(t, err, status)
	require.Equal(t, up, status)
}
