package bench_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	followers = 1000
	perMember = 50 // the most subscriptions that a viewer may have
)

// What a thousand followers of one firm's status cost, as the console shows it, in a server of its own: memory for each, and, for each change of a count,
// the time until all of them have it, which the quarter of a second from one reading to the next is a part of, and processor time.
func BenchmarkFollowers(b *testing.B) {
	o := newOffice(b, http.DefaultTransport, "http://127.0.0.1:1")
	o.addFirms(2, "token")
	o.addWatches(2, watchesPerFirm)
	accounts := o.replica().Accounts
	var tokens []string
	for n := range followers / perMember {
		tokens = append(tokens, o.member(accounts, fmt.Sprintf("lee%d@firm.example", n)))
	}
	ours := o.startOurs(tokens[0])
	postmaster := o.postmaster()
	before := ours.memory(b)
	news := make(chan struct{}, followers)
	for n := range followers {
		ours.follow(b, tokens[n/perMember], news)
	}
	held := ours.memory(b) - before
	served, database := ours.processorTime(b), databaseTime(b, postmaster)
	change := []string{"archiveWatch", "unarchiveWatch"}
	for n := 0; b.Loop(); n++ {
		ours.ask(b, `mutation { `+change[n%2]+`(id: "watch_00000000000000000000000101") { userErrors { code } } }`)
		for range followers {
			<-news
		}
	}
	b.ReportMetric(held*1024/followers, "kB/follower")
	milliseconds := func(spent time.Duration) float64 { return spent.Seconds() * 1000 / float64(b.N) }
	b.ReportMetric(milliseconds(ours.processorTime(b)-served), "server-ms/change")
	b.ReportMetric(milliseconds(databaseTime(b, postmaster)-database), "PostgreSQL-ms/change")
}

// follow subscribes to the status, waits for what it is, and then tells of each change, until the benchmark ends.
func (e *engine) follow(b *testing.B, token string, news chan<- struct{}) {
	b.Helper()
	const document = `subscription { syncStatus { linkedWatches openConflicts oldestSyncedAt currentRun { id status requestedBy { name } }
		lastRun { id status requestedBy { name } } clioIntegration { state clioUserName } } }`
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, e.address, strings.NewReader(`{"query":`+strconv.Quote(document)+`}`))
	require.NoError(b, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := e.client.Do(request)
	require.NoError(b, err)
	lines := bufio.NewScanner(response.Body)
	next := func() bool {
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), `data: {"data"`) {
				return true
			}
		}
		return false
	}
	if !next() {
		rest, _ := io.ReadAll(response.Body)
		require.Fail(b, "the stream ended", "%s %s", lines.Text(), rest)
	}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for next() {
			news <- struct{}{}
		}
	}()
	b.Cleanup(func() { _ = response.Body.Close(); <-stopped })
}
