package pgserver

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// commandLine is what a process was started with; false when that isn't known. It is empty for one that has ended and
// that nobody waited for.
func commandLine(pid int) ([]string, bool) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return nil, false
	}
	content = bytes.TrimRight(content, "\x00")
	if len(content) == 0 {
		return nil, true
	}
	return strings.Split(string(content), "\x00"), true
}

// worksIn reports whether the folder is the process's working directory, as its data folder is a postmaster's.
func worksIn(pid int, dir string) bool {
	there, err := os.Stat(fmt.Sprintf("/proc/%d/cwd", pid))
	if err != nil {
		return false
	}
	here, err := os.Stat(dir)
	return err == nil && os.SameFile(there, here)
}
