package bench_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
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
			process: command.Process, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}},
		}
	}
	require.Fail(b, "the server ended", command.String())
	return nil
}

// ask sends the document, and fails the benchmark for an answer with errors.
func (e *engine) ask(b *testing.B, document string) (answer string) {
	body, err := json.Marshal(map[string]string{"query": document})
	require.NoError(b, err)
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, e.address, strings.NewReader(string(body)))
	require.NoError(b, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+e.token)
	response, err := e.client.Do(request)
	require.NoError(b, err)
	text, err := io.ReadAll(response.Body)
	require.NoError(b, err)
	require.NoError(b, response.Body.Close())
	require.NotContains(b, string(text), `"errors"`)
	return string(text)
}
