package bench_test

import (
	"encoding/base64"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	// postGraphile is where its server is, once `npm ci` was run there.
	postGraphile = "postgraphile"
	// comparedFirms are how many there are beside the one that is asked for.
	comparedFirms = 2000
	// turns are how often each engine is asked, one after the other, so that what else the machine does slows all of them.
	turns = 5
)

// BenchmarkCompare asks this server, PostGraphile with and without row-level security, and a bare handler the same of a firm of 10,000 watches
// among thousands, each in a process of its own, and prints a table of the ratios: `make bench-compare`.
func BenchmarkCompare(b *testing.B) {
	node, err := filepath.Abs(filepath.Join(postGraphile, "node_modules", "node", "bin", "node"))
	require.NoError(b, err)
	if _, err := os.Stat(node); err != nil {
		b.Skip("PostGraphile isn't installed: make bench-compare")
	}
	o := newOffice(b, http.DefaultTransport, "http://127.0.0.1:1")
	o.fill(comparedFirms, 9_900)
	_, token := o.api()
	engines := []*engine{
		o.startOurs(token),
		startNode(b, node, "PostGraphile"),
		startNode(b, node, "PostGraphile, RLS", "ROLE=watchkeeper_app"),
		o.startBare(),
	}
	postmaster := o.postmaster()
	var results []result
	for _, asked := range questions {
		b.Run(asked.name, func(b *testing.B) {
			results = append(results, asked.compare(b, engines, postmaster)) // the last is the one of all b.N requests
		})
	}
	printTable(results, engines)
}

// startOurs builds and starts this server on the same database.
func (o *office) startOurs(token string) *engine {
	o.Helper()
	return start(o.B, "watchkeeper", token, exec.CommandContext(o.Context(), o.build("../.."), "serve"), "listen=",
		"ENCRYPTION_KEYS="+base64.StdEncoding.EncodeToString(make([]byte, 32)), "LISTEN_ADDR=127.0.0.1:0", "METRICS_ADDR=", "BUDGET=0", "LOG_FORMAT=text", "CLIO_CLIENT_ID=app",
		"CLIO_CLIENT_SECRET=secret")
}

// startBare builds and starts the bare handler.
func (o *office) startBare() *engine {
	o.Helper()
	return start(o.B, "bare", firmID(1), exec.CommandContext(o.Context(), o.build("./bare")), "listening ")
}

// startNode starts a PostGraphile.
func startNode(b *testing.B, node, name string, settings ...string) *engine {
	b.Helper()
	command := exec.CommandContext(b.Context(), node, "server.mjs")
	command.Dir = postGraphile
	return start(b, name, firmID(1), command, "listening ", append(settings, "GRAPHILE_ENV=production")...)
}

// build builds a program.
func (o *office) build(folder string) string {
	o.Helper()
	program := filepath.Join(o.TempDir(), "program")
	output, err := exec.CommandContext(o.Context(), "go", "build", "-o", program, folder).CombinedOutput()
	require.NoError(o, err, string(output))
	return program
}
