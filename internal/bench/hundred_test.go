package bench_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// clioTakes is how long the Clio of these benchmarks takes to answer, beside what the sandbox needs.
const clioTakes = 150 * time.Millisecond

// A hundred watches of one firm before a Clio that takes its time: by one run, and by a loop that syncs one after the other. The
// limit of requests is lifted; what Clio's would make of the requests is reported, not waited for.
func BenchmarkHundredWatches(b *testing.B) {
	b.Run("one run", func(b *testing.B) {
		o, clio := newSandboxOffice(b)
		measure(b, clio, func() {
			_, _, err := o.syncs.SyncAll(b.Context(), actor(1), false)
			require.NoError(b, err)
			<-o.begun
			<-o.ended
		})
	})
	b.Run("one by one", func(b *testing.B) {
		o, clio := newSandboxOffice(b)
		var ids []string
		scan(b, o.db, "SELECT array_agg(id ORDER BY id) FROM watches", &ids)
		measure(b, clio, func() {
			for _, id := range ids {
				_, err := o.syncs.SyncWatch(b.Context(), actor(1), id, false)
				require.NoError(b, err)
			}
		})
	})
}

// newSandboxOffice is an office whose only firm has imported a hundred matters of a sandbox.
func newSandboxOffice(b *testing.B) (*office, *sandbox.Sandbox) {
	b.Helper()
	clio := sandbox.New(sandbox.Options{Empty: true, RateLimit: 1_000_000})
	var ids []string
	for id := int64(1); id <= watchesPerFirm; id++ {
		clio.AddContact(sandbox.Contact{
			Head: sandbox.Head{ID: id}, Type: "Person", FirstName: new("Ana"), LastName: new("Rivera"), DateOfBirth: new("1961-04-09"),
			PrimaryAddress: &sandbox.Address{City: new("Tampa"), Province: new("FL"), Country: new("US")},
		})
		clio.AddMatter(sandbox.Matter{
			Head: sandbox.Head{ID: id}, Status: "Open", DisplayNumber: new(fmt.Sprintf("%05d-Rivera", id)), OpenDate: new("2025-02-03"),
			ClientID: &id, ResponsibleAttorneyID: new(int64(31)), PracticeAreaID: new(int64(7)),
		})
		ids = append(ids, fmt.Sprint(id))
	}
	server := httptest.NewServer(clio)
	b.Cleanup(server.Close)
	o := newOffice(b, http.DefaultTransport, server.URL)
	token, _ := clio.IssueToken(sandbox.FirstAccount)
	o.addFirms(1, token)
	_, err := o.syncs.Import(b.Context(), actor(1), ids)
	require.NoError(b, err)
	settle(b, o.db)
	require.NoError(b, clio.Fail(sandbox.Switch{Fault: sandbox.Slow, Seconds: clioTakes.Seconds()}))
	return o, clio
}

// measure reports the time that a sync of a hundred watches takes, how much of it isn't Clio's, and what it would take under
// Clio's limit. Five clients in a hundred move before each.
func measure(b *testing.B, clio *sandbox.Sandbox, sync func()) {
	b.Helper()
	clio.ResetRequests()
	syncs := 0
	for b.Loop() {
		syncs++
		for id := int64(syncs%everyNth + 1); id <= watchesPerFirm; id += everyNth {
			require.NoError(b, clio.EditContact(id, func(c *sandbox.Contact) { c.PrimaryAddress.City = new(fmt.Sprint("Town ", syncs)) }))
		}
		sync()
	}
	requests := len(clio.Requests()) / syncs
	each := b.Elapsed() / time.Duration(syncs)
	b.ReportMetric(float64(requests), "requests")
	b.ReportMetric(milliseconds(each), "ms")
	b.ReportMetric(milliseconds(each-time.Duration(requests)*clioTakes), "own-ms")
	b.ReportMetric(underLimit(requests, each).Seconds(), "limited-s")
	b.ReportMetric(0, "ns/op")
}

// underLimit is how long requests take that are made one after the other as fast as Clio allows: 50 in each minute (Clio's
// documentation: rate limits). All windows but the last are waited for to their end.
func underLimit(requests int, unlimited time.Duration) time.Duration {
	const limit, window = 50, time.Minute
	waited := (requests - 1) / limit
	return time.Duration(waited)*window + unlimited*time.Duration(requests-waited*limit)/time.Duration(requests)
}
