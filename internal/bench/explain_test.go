package bench_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// explained is what auto_explain tells of a statement, those of functions and triggers included.
type explained struct {
	Query string `json:"Query Text"`
	Plan  node
}

// node is a step of a plan. Buffers and times are those of the steps below, too.
type node struct {
	Type     string  `json:"Node Type"`
	Relation string  `json:"Relation Name"`
	Time     float64 `json:"Actual Total Time"`
	Rows     float64 `json:"Actual Rows"`
	Removed  float64 `json:"Rows Removed by Filter"`
	Hit      int     `json:"Shared Hit Blocks"`
	Read     int     `json:"Shared Read Blocks"`
	Plans    []node
}

// scans are the tables that are read as a whole, and of which that is more than a few rows.
func (n node) scans() (tables []string) {
	const few = 100
	if n.Type == "Seq Scan" && n.Rows+n.Removed > few {
		tables = append(tables, n.Relation)
	}
	for _, below := range n.Plans {
		tables = append(tables, below.scans()...)
	}
	return tables
}

// explainer has PostgreSQL write the plan of each statement into its log, and reads it there.
type explainer struct {
	*testing.B
	db  *postgres.DB // whose connection does so
	log *os.File
}

// newExplainer opens a connection of its own, as what is loaded is decided when one begins.
func (o *office) newExplainer() *explainer {
	o.Helper()
	for setting, value := range map[string]string{
		"session_preload_libraries": "auto_explain", "auto_explain.log_min_duration": "0", "auto_explain.log_analyze": "on",
		"auto_explain.log_buffers": "on", "auto_explain.log_nested_statements": "on", "auto_explain.log_format": "json",
	} {
		execute(o.B, o.db, fmt.Sprintf("ALTER ROLE CURRENT_USER SET %s = '%s'", setting, value))
		defer execute(o.B, o.db, "ALTER ROLE CURRENT_USER RESET "+setting)
	}
	log, err := os.Open(fmt.Sprintf("/proc/%s/fd/2", o.postmaster())) // PostgreSQL's standard error is a file
	require.NoError(o, err)
	o.Cleanup(func() { require.NoError(o, log.Close()) })
	return &explainer{B: o.B, db: pgtest.OpenURL(o.B, server.URL(), postgres.WithMaxConns(1)), log: log}
}

// explain returns the plans of what the function does.
func (e *explainer) explain(do func() error) (plans []explained) {
	e.Helper()
	_, err := e.log.Seek(0, io.SeekEnd)
	require.NoError(e, err)
	require.NoError(e, do())
	text, err := io.ReadAll(e.log)
	require.NoError(e, err)
	for _, after := range strings.Split(string(text), "plan:\n")[1:] {
		var plan explained
		require.NoError(e, json.NewDecoder(strings.NewReader(after)).Decode(&plan))
		plans = append(plans, plan)
	}
	return plans
}

// sum is what statements took together. A function's are in those of the statement that calls it, too.
func sum(plans []explained) (statements, buffers int, time float64, scans []string) {
	for _, p := range plans {
		statements, time, buffers = statements+1, time+p.Plan.Time, buffers+p.Plan.Hit+p.Plan.Read
		scans = append(scans, p.Plan.scans()...)
	}
	slices.Sort(scans)
	return statements, buffers, time, slices.Compact(scans)
}
