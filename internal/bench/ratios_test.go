package bench_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	warmUp     = 4 * time.Second // V8 compiles for seconds
	mostMemory = 100             // megabytes, of this server
)

// result is how the engines answered a question.
type result struct {
	question
	loads []load // of each engine; without requests where it wasn't asked
}

// load is what an engine did.
type load struct {
	requests int
	elapsed  time.Duration
	spent    time.Duration // processor time, of the engine
	database time.Duration // and of PostgreSQL
	times    []time.Duration
	memory   float64 // the most that was seen at the end of a turn
	bytes    int     // of all answers
}

func (l load) perSecond() float64 { return float64(l.requests) / l.elapsed.Seconds() }

// compare asks each engine b.N times, in turns, and reports what this server answers as a share of the others' requests a second.
func (q question) compare(b *testing.B, engines []*engine, postmaster string) result {
	r := result{question: q, loads: make([]load, len(engines))}
	documents := make([]string, len(engines))
	for i, e := range engines {
		if documents[i] = q.document(b, e); documents[i] != "" {
			for until := time.Now().Add(warmUp); time.Now().Before(until); {
				e.ask(b, documents[i])
			}
		}
	}
	b.ResetTimer()
	for range turns {
		for i, e := range engines {
			if documents[i] != "" {
				before := databaseTime(b, postmaster)
				r.loads[i].turn(b, e, documents[i], max(b.N/turns, 1))
				r.loads[i].database += databaseTime(b, postmaster) - before
			}
		}
	}
	for i, e := range engines[1:] {
		if of := r.loads[i+1]; of.requests > 0 {
			b.ReportMetric(r.loads[0].perSecond()/of.perSecond(), "of-"+strings.ReplaceAll(e.name, ", ", "-"))
		}
	}
	b.ReportMetric(r.loads[0].perSecond(), "requests/s")
	b.ReportMetric(r.loads[0].memory, "MB")
	b.ReportMetric(0, "ns/op")
	return r
}

// turn asks so many times, on all connections at once, and adds what it took.
func (l *load) turn(b *testing.B, e *engine, document string, requests int) {
	var mu sync.Mutex
	var askers sync.WaitGroup
	before, began := e.processorTime(b), time.Now()
	for c := range connections {
		askers.Go(func() {
			var took []time.Duration
			var asker asker
			var bytes int
			for i := c; i < requests; i += connections {
				at := time.Now()
				bytes += len(asker.ask(b, e, strings.ReplaceAll(document, "CITY", fmt.Sprintf("City %d", l.requests+i))))
				took = append(took, time.Since(at))
			}
			mu.Lock()
			defer mu.Unlock()
			l.times = append(l.times, took...)
			l.bytes += bytes
		})
	}
	askers.Wait()
	l.elapsed += time.Since(began)
	l.spent += e.processorTime(b) - before
	l.memory = max(l.memory, e.memory(b))
	l.requests += requests
}

var endCursor = regexp.MustCompile(`"endCursor":("[^"]*")`)

// document is what the engine is asked, with the cursor of the page; empty if it has no answer.
func (q question) document(b *testing.B, e *engine) string {
	b.Helper()
	document := map[bool]string{true: q.theirs, false: q.ours}[strings.HasPrefix(e.name, "PostGraphile")]
	switch e.name {
	case "PostGraphile":
		document = strings.ReplaceAll(document, "FIRM", firmID(1))
	case "PostGraphile, RLS":
		document = strings.ReplaceAll(document, `firmId: "FIRM"`, "") // the policy does it
	case "bare":
		document = q.bare
	}
	cursor := "null"
	for range q.pages {
		found := endCursor.FindStringSubmatch(e.ask(b, strings.ReplaceAll(document, "CURSOR", cursor)))
		require.NotNil(b, found)
		cursor = found[1]
	}
	return strings.ReplaceAll(document, "CURSOR", cursor)
}

// printTable prints what each engine did, and whether this server reached what it is to reach.
func printTable(results []result, engines []*engine) {
	var memory float64
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nquestion\tserver\trequests/s\tp50 ms\tp99 ms\tCPU ms/request\tPostgreSQL's\tkB\tMB\twatchkeeper is\tis to be\t")
	for i, r := range results {
		if i+1 < len(results) && results[i+1].name == r.name {
			continue // a first attempt with few requests
		}
		memory = max(memory, r.loads[0].memory)
		for j, l := range r.loads {
			if l.requests > 0 {
				fmt.Fprintf(table, "%s\t%s\t%s\n", r.name, engines[j].name, l.columns()+r.verdict(j, engines[j].name))
			}
		}
	}
	_ = table.Flush()
	fmt.Printf("%s held %.0f MB at most, and is to hold less than %d: %s\n", engines[0].name, memory, mostMemory, yesNo(memory < mostMemory))
}

func (l load) columns() string {
	slices.Sort(l.times)
	return fmt.Sprintf("%.0f\t%.1f\t%.1f\t%.2f\t%.2f\t%.1f\t%.0f\t", l.perSecond(), milliseconds(l.times[len(l.times)/2]), milliseconds(l.times[len(l.times)*99/100]),
		milliseconds(l.spent)/float64(l.requests), milliseconds(l.database)/float64(l.requests), float64(l.bytes)/1000/float64(l.requests), l.memory)
}

// verdict compares this server with one of the others.
func (r result) verdict(j int, name string) string {
	if j == 0 {
		return "\t\t"
	}
	is := r.loads[0].perSecond() / r.loads[j].perSecond()
	target := map[string]float64{"PostGraphile": r.atLeast, "bare": r.ofBare}[name]
	if target == 0 {
		return fmt.Sprintf("%.2f x\t\t", is)
	}
	return fmt.Sprintf("%.2f x\t%.1f x\t%s", is, target, yesNo(is >= target))
}

func yesNo(reached bool) string {
	if reached {
		return "yes"
	}
	return "NO"
}
