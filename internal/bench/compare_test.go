package bench_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	connections = 16 // that ask at once
	warmUp      = time.Second
	// postGraphile is where its server is, once `npm ci` was run there.
	postGraphile = "postgraphile"
)

// asked are what the engines are compared by: the same rows, and as far as they have them the same fields.
var asked = []struct{ name, ours, theirs string }{
	{
		"page of 50", `{ watches(first: 50) { nodes { id firstName lastName dateOfBirth city state caseNumber assignedTo caseType dateOfInterest middleName tags
			priorityLevel status version createdAt updatedAt clioLink { matterId contactId clientName matterStatus state }
			conflicts { id field local clio detectedAt } } pageInfo { hasNextPage endCursor } } }`,
		`{ allWatches(first: 50, condition: {firmId: "FIRM"}, orderBy: ROW_ID_ASC) { nodes { rowId firstName lastName dateOfBirth city state caseNumber
			assignedTo caseType dateOfInterest middleName tags priorityLevel status revision createdAt updatedAt
			clioLinkByFirmIdAndWatchId { matterId contactId clientName matterStatus state }
			syncConflictsByFirmIdAndWatchId { nodes { rowId field local clio detectedAt } } } pageInfo { hasNextPage endCursor } } }`,
	},
	{
		"one watch", `{ watch(id: "watch_00000000000000000000000101") { id firstName lastName dateOfBirth city state clioLink { matterId state } } }`,
		`{ watchByRowId(rowId: "watch_00000000000000000000000101") { rowId firstName lastName dateOfBirth city state
			clioLinkByFirmIdAndWatchId { matterId state } } }`,
	},
	{
		"status", `{ syncStatus { linkedWatches missingWatches openConflicts lastRun { id status } } }`,
		`{ linked: allClioLinks(condition: {firmId: "FIRM"}) { totalCount } missing: allClioLinks(condition: {firmId: "FIRM", state: "MISSING"}) { totalCount }
			conflicts: allSyncConflicts(condition: {firmId: "FIRM"}) { totalCount }
			allSyncRuns(first: 1, condition: {firmId: "FIRM"}, orderBy: ROW_ID_DESC) { nodes { rowId status } } }`,
	},
	{
		"update", `mutation { updateWatch(id: "watch_00000000000000000000000102", input: {city: "CITY"}) { watch { id city } userErrors { code } } }`,
		`mutation { updateWatchByRowId(input: {rowId: "watch_00000000000000000000000102", watchPatch: {city: "CITY"}}) { watch { rowId city } } }`,
	},
}

// BenchmarkCompare asks this server and PostGraphile the same of a firm of 10,000 watches among a thousand, each in a process of its own:
// `make bench-compare`.
func BenchmarkCompare(b *testing.B) {
	node, err := filepath.Abs(filepath.Join(postGraphile, "node_modules", "node", "bin", "node"))
	require.NoError(b, err)
	if _, err := os.Stat(node); err != nil {
		b.Skip("PostGraphile isn't installed: make bench-compare")
	}
	o := newOffice(b, http.DefaultTransport, "http://127.0.0.1:1")
	o.addFirms(1000, "token")
	o.addWatches(1000, 100)
	o.enlarge(9_900)
	_, token := o.api()
	ours := o.startOurs()
	theirs := start(b, exec.CommandContext(b.Context(), node, "server.mjs"), "listening ", "DATABASE_URL="+server.URL(), "GRAPHILE_ENV=production")
	for _, each := range asked {
		for _, engine := range []struct {
			name, document string
			of             *engine
		}{{"watchkeeper", each.ours, ours}, {"PostGraphile", each.theirs, theirs}} {
			b.Run(each.name+"/"+engine.name, func(b *testing.B) {
				engine.of.load(b, token, strings.ReplaceAll(engine.document, "FIRM", firmID(1)))
			})
		}
	}
}

// engine is a server in a process of its own.
type engine struct {
	address string
	process *os.Process
}

// startOurs builds and starts this server on the same database.
func (o *office) startOurs() *engine {
	o.Helper()
	program := filepath.Join(o.TempDir(), "watchkeeper")
	output, err := exec.CommandContext(o.Context(), "go", "build", "-o", program, "../..").CombinedOutput()
	require.NoError(o, err, string(output))
	key := base64.StdEncoding.EncodeToString(make([]byte, 32))
	return start(o.B, exec.CommandContext(o.Context(), program, "serve"), "listen=", "DATABASE_URL="+server.URL(), "ENCRYPTION_KEYS="+key,
		"LISTEN_ADDR=127.0.0.1:0", "METRICS_ADDR=", "BUDGET=0", "LOG_FORMAT=text", "CLIO_CLIENT_ID=app", "CLIO_CLIENT_SECRET=secret")
}

// start starts a server, which writes its address, or its port, behind the mark.
func start(b *testing.B, command *exec.Cmd, mark string, settings ...string) *engine {
	b.Helper()
	if strings.HasSuffix(command.Path, "node") {
		command.Dir = postGraphile
	}
	command.Env = append(os.Environ(), settings...)
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
		return &engine{address: "http://127.0.0.1:" + address[strings.LastIndex(address, ":")+1:] + "/graphql", process: command.Process}
	}
	require.Fail(b, "the server ended", command.String())
	return nil
}

// load asks for as long as the benchmark lasts, and reports requests per second, latencies and the server's own processor time.
func (e *engine) load(b *testing.B, token, document string) {
	ask := e.asker(b, token, document)
	until := time.Now().Add(warmUp)
	for time.Now().Before(until) {
		ask(0)
	}
	var mu sync.Mutex
	var all []time.Duration
	var askers sync.WaitGroup
	before, began := e.processorTime(b), time.Now()
	b.ResetTimer()
	for c := range connections {
		askers.Go(func() {
			var took []time.Duration
			for i := c; i < b.N; i += connections {
				at := time.Now()
				ask(i)
				took = append(took, time.Since(at))
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
		})
	}
	askers.Wait()
	elapsed, spent := time.Since(began), e.processorTime(b)-before
	slices.Sort(all)
	milliseconds := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	b.ReportMetric(float64(b.N)/elapsed.Seconds(), "requests/s")
	b.ReportMetric(milliseconds(all[len(all)/2]), "p50-ms")
	b.ReportMetric(milliseconds(all[len(all)*99/100]), "p99-ms")
	b.ReportMetric(milliseconds(spent)/float64(b.N), "cpu-ms/request")
}

// asker sends the document, with another city each time, and fails the benchmark for an answer with errors.
func (e *engine) asker(b *testing.B, token, document string) func(i int) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	return func(i int) {
		body, err := json.Marshal(map[string]string{"query": strings.ReplaceAll(document, "CITY", fmt.Sprintf("City %d", i))})
		require.NoError(b, err)
		request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, e.address, strings.NewReader(string(body)))
		require.NoError(b, err)
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Authorization", "Bearer "+token)
		response, err := client.Do(request)
		require.NoError(b, err)
		answer, err := io.ReadAll(response.Body)
		require.NoError(b, err)
		require.NoError(b, response.Body.Close())
		require.NotContains(b, string(answer), `"errors"`)
	}
}

// processorTime is what the process has used so far (proc(5)); zero where there is no /proc.
func (e *engine) processorTime(b *testing.B) time.Duration {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", e.process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text)[strings.LastIndex(string(text), ")")+1:])
	user, err := strconv.Atoi(fields[11])
	require.NoError(b, err)
	system, err := strconv.Atoi(fields[12])
	require.NoError(b, err)
	const ticks = 100 // a second, on every Linux
	return time.Duration(user+system) * time.Second / ticks
}
