package bench_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// connections are how many requests are on their way at once.
const connections = 16

// engine is a server in a process of its own.
type engine struct {
	name, address, token string
	process              *os.Process
	client               *http.Client
}

// start starts a server on the benchmark's database, which writes its address, or its port, behind the mark.
func start(b *testing.B, name, token string, command *exec.Cmd, mark string, settings ...string) *engine {
	b.Helper()
	command.Env = append(append(os.Environ(), "DATABASE_URL="+server.URL()), settings...)
	output, err := command.StdoutPipe()
	require.NoError(b, err)
	command.Stderr = command.Stdout
	require.NoError(b, command.Start())
	b.Cleanup(func() { _ = command.Process.Kill(); _ = command.Wait() })
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		_, rest, found := strings.Cut(lines.Text(), mark)
		if !found {
			continue
		}
		address := strings.Fields(rest)[0]
		go func() { _, _ = io.Copy(io.Discard, output) }() // ends with the process
		return &engine{
			name: name, address: "http://127.0.0.1:" + address[strings.LastIndex(address, ":")+1:] + "/graphql", token: token,
			process: command.Process, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}},
		}
	}
	require.Fail(b, "the server ended", command.String())
	return nil
}

// ask sends the document once, and returns the answer.
func (e *engine) ask(b *testing.B, document string) string {
	return string(new(asker).ask(b, e, document))
}

// asker asks again and again, into the same memory: what it takes of the processors is lost to the servers.
type asker struct{ answer bytes.Buffer }

// ask sends the document, and fails the benchmark for an answer with errors. The answer is there until the next.
func (a *asker) ask(b *testing.B, e *engine, document string) []byte {
	body := strings.NewReader(`{"query":` + strconv.Quote(document) + `}`)
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, e.address, body)
	require.NoError(b, err)
	request.Header["Content-Type"] = []string{"application/json"}
	request.Header["Authorization"] = []string{"Bearer " + e.token}
	response, err := e.client.Do(request)
	if err == nil {
		a.answer.Reset()
		_, err = a.answer.ReadFrom(response.Body)
		_ = response.Body.Close()
	}
	if err != nil || bytes.Contains(a.answer.Bytes(), []byte(`"errors"`)) {
		require.Fail(b, e.name+" failed", "%v %s", err, a.answer.String())
	}
	return a.answer.Bytes()
}
