package bench_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What processes use is read from proc(5), and zero where there is none.

// processorTime is what the process has used so far.
func (e *engine) processorTime(b *testing.B) time.Duration {
	b.Helper()
	return ticks(b, statOf(strconv.Itoa(e.process.Pid)), userTime, systemTime)
}

// memory is what the process holds in memory now, in megabytes.
func (e *engine) memory(b *testing.B) float64 {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", e.process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	kilobytes, err := strconv.Atoi(strings.Fields(rest)[0])
	require.NoError(b, err)
	return float64(kilobytes) / 1024
}

// databaseTime is the processor time that PostgreSQL has used so far: its backends', and that of those which have ended.
func databaseTime(b *testing.B, postmaster string) time.Duration {
	b.Helper()
	spent := ticks(b, statOf(postmaster), childrenUserTime, childrenSystemTime)
	processes, err := filepath.Glob("/proc/[0-9]*")
	require.NoError(b, err)
	for _, process := range processes {
		if stat := statOf(filepath.Base(process)); stat != nil && stat[parent] == postmaster {
			spent += ticks(b, stat, userTime, systemTime)
		}
	}
	return spent
}

// Fields of proc(5)'s stat, behind the command's name.
const (
	parent             = 1
	userTime           = 11
	systemTime         = 12
	childrenUserTime   = 13
	childrenSystemTime = 14
)

// statOf returns nil for a process that isn't there.
func statOf(process string) []string {
	text, err := os.ReadFile(filepath.Join("/proc", process, "stat"))
	if err != nil {
		return nil
	}
	return strings.Fields(string(text)[strings.LastIndex(string(text), ")")+1:])
}

func ticks(b *testing.B, stat []string, fields ...int) (sum time.Duration) {
	b.Helper()
	const perSecond = 100 // on every Linux
	for _, field := range fields {
		if stat != nil {
			n, err := strconv.Atoi(stat[field])
			require.NoError(b, err)
			sum += time.Duration(n) * time.Second / perSecond
		}
	}
	return sum
}

// postmaster is the process that all of PostgreSQL's are children of.
func (o *office) postmaster() string {
	o.Helper()
	var folder string
	scan(o.B, o.db, "SHOW data_directory", &folder)
	text, err := os.ReadFile(filepath.Join(folder, "postmaster.pid"))
	require.NoError(o, err)
	process, _, _ := strings.Cut(string(text), "\n")
	return process
}
