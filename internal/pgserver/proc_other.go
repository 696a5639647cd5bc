//go:build !linux

package pgserver

import (
	"os/exec"
	"strconv"
	"strings"
)

// commandLine is what a process was started with; false when that isn't known. Arguments with spaces come in parts, but
// for the data folder's, which is put together again.
func commandLine(pid int) ([]string, bool) {
	output, err := exec.Command("ps", "-ww", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return nil, false
	}
	line := strings.TrimSpace(string(output))
	program, rest, _ := strings.Cut(line, " -D ")
	dir, _, _ := strings.Cut(rest, " -c ")
	return []string{program, dir}, true
}

// worksIn is not known without asking the kernel: the command line has to do.
func worksIn(int, string) bool { return false }
