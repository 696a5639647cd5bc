package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// MinMajor is the oldest major version of PostgreSQL that the built-in one may be (README.md#settings).
const MinMajor = 14

// waysOut end every message about binaries.
const waysOut = "install PostgreSQL 14 or later (on Debian and Ubuntu: apt install postgresql), set POSTGRES_BIN_DIR to the " +
	"folder that holds its initdb and postgres, or set DATABASE_URL to the address of a database that runs elsewhere"

// places are where packages put the binaries, besides PATH.
var places = []string{
	"/usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
	"/usr/pgsql-*/bin",                                   // Red Hat, PostgreSQL's own packages
	"/usr/lib/postgresql*/bin",                           // SUSE
	"/usr/libexec/postgresql*",                           // Alpine
	"/opt/homebrew/opt/postgresql*/bin",                  // Homebrew on Apple's processors
	"/usr/local/opt/postgresql*/bin",                     // Homebrew on Intel's
	"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",     // Homebrew on Linux
	"/Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
	"/opt/local/lib/postgresql*/bin",                     // MacPorts
	"/usr/local/pgsql/bin",                               // built from source
}

// Binaries are an installed PostgreSQL.
type Binaries struct {
	// Dir is the folder that holds initdb and postgres, without symbolic links: they look for their share files from there.
	Dir string
	// Major is the major version: 15 for 15.18.
	Major int
}

// Search says where to look for binaries.
type Search struct {
	// BinDir is the folder that the operator named; nothing else is searched then.
	BinDir string
	// Path is a list of folders as in the variable PATH.
	Path string
	// Root is put before the places where packages put binaries; empty outside tests.
	Root string
}

// Find returns the first binaries of the wanted major version, or, when that is 0, the first that are new enough: the
// folder that the operator named, else PATH, else the usual places, the highest version first. When there are none, the
// error names the ways out; when there are others, an *OtherVersionsError has them.
func Find(ctx context.Context, search Search, want int) (Binaries, error) {
	var others []Binaries
	for _, dir := range search.dirs() {
		found, err := inspect(ctx, dir)
		switch {
		case err != nil && search.BinDir != "":
			return Binaries{}, fmt.Errorf("POSTGRES_BIN_DIR (%s) holds no PostgreSQL: %w; %s", dir, err, waysOut)
		case err != nil:
			continue
		case found.Major >= MinMajor && (want == 0 || want == found.Major):
			return found, nil
		}
		if !slices.Contains(others, found) {
			others = append(others, found)
		}
	}
	if len(others) > 0 {
		return Binaries{}, &OtherVersionsError{Found: others}
	}
	return Binaries{}, errors.New("no PostgreSQL was found on this machine: " + waysOut)
}

// OtherVersionsError reports that there are binaries, but none of a version that would do.
type OtherVersionsError struct {
	Found []Binaries
}

// Error says which versions were found.
func (e *OtherVersionsError) Error() string {
	return fmt.Sprintf("only %s was found, and Watchkeeper needs %d or later: %s", list(e.Found), MinMajor, waysOut)
}

func list(found []Binaries) string {
	names := make([]string, len(found))
	for i, binaries := range found {
		names[i] = fmt.Sprintf("PostgreSQL %d in %s", binaries.Major, binaries.Dir)
	}
	return strings.Join(names, ", ")
}

// binariesFor finds those that fit the data folder. It only reads.
func binariesFor(ctx context.Context, h home, binDir string) (Binaries, error) {
	want, err := clusterMajor(h)
	if err != nil {
		return Binaries{}, err
	}
	if want != 0 && want < MinMajor {
		return Binaries{}, fmt.Errorf("the data folder %s was made by PostgreSQL %d, and Watchkeeper needs %d or later: move "+
			"the data with pg_dump; nothing was touched", h.dir, want, MinMajor)
	}
	found, err := Find(ctx, Search{BinDir: binDir, Path: os.Getenv("PATH")}, want)
	var others *OtherVersionsError
	if want != 0 && errors.As(err, &others) {
		return Binaries{}, otherVersion(h, want, others.Found)
	}
	return found, err
}

func otherVersion(h home, made int, found []Binaries) error {
	return fmt.Errorf("the data folder %s was made by PostgreSQL %d, but the binaries found are %s: install PostgreSQL %d "+
		"beside it, or move the data with pg_dump; nothing was touched", h.dir, made, list(found), made)
}

// dirs are the folders to search, in order.
func (s Search) dirs() []string {
	if s.BinDir != "" {
		return []string{s.BinDir}
	}
	var dirs []string
	for _, dir := range filepath.SplitList(s.Path) {
		if filepath.IsAbs(dir) { // the folder that one happens to be in is nobody's installation
			dirs = append(dirs, dir)
		}
	}
	for _, place := range places {
		found, err := filepath.Glob(filepath.Join(s.Root, place))
		if err != nil {
			continue // the patterns are constant: the tests see to them
		}
		slices.SortStableFunc(found, func(a, b string) int { return versionIn(b) - versionIn(a) })
		dirs = append(dirs, found...)
	}
	return dirs
}

var number = regexp.MustCompile(`[0-9]+`)

// versionIn is the first number in the part of the path that packages put the version in; 0 when there is none.
func versionIn(dir string) int {
	for _, part := range []string{filepath.Base(filepath.Dir(dir)), filepath.Base(dir)} {
		if version, err := strconv.Atoi(number.FindString(part)); err == nil {
			return version
		}
	}
	return 0
}

// inspect looks for both programs and asks one for its version.
func inspect(ctx context.Context, dir string) (Binaries, error) {
	postgres, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres"))
	if err != nil {
		return Binaries{}, fmt.Errorf("looking for postgres: %w", err)
	}
	bin := filepath.Dir(postgres)
	for _, program := range []string{"initdb", "postgres"} {
		info, err := os.Stat(filepath.Join(bin, program))
		if err == nil && (info.IsDir() || info.Mode()&0o111 == 0) {
			err = fs.ErrPermission
		}
		if err != nil {
			return Binaries{}, fmt.Errorf("looking for %s: %w", program, err)
		}
	}
	output, err := exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version").Output()
	if err != nil {
		return Binaries{}, fmt.Errorf("asking %s for its version: %w", postgres, err)
	}
	major, err := majorOf(string(output))
	return Binaries{Dir: bin, Major: major}, err
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) ([0-9]+)`)

// majorOf reads what postgres --version prints: "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
func majorOf(output string) (int, error) {
	parts := versionLine.FindStringSubmatch(output)
	if parts == nil {
		return 0, fmt.Errorf("reading PostgreSQL's version: %q", strings.TrimSpace(output))
	}
	return strconv.Atoi(parts[1])
}
