package pgserver

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	socketPort = "5432" // only a part of the socket's name
	// longestSocket is below every system's limit on the length of a socket's path: 108 bytes on Linux, 104 elsewhere.
	longestSocket = 99
	// tempPrefix begins the names of socket folders outside the data folder.
	tempPrefix = "watchkeeper-"

	roleName     = "watchkeeper"
	databaseName = "watchkeeper"
)

// socket is the private folder that PostgreSQL's socket is in.
type socket struct {
	dir  string
	link string // where the data folder leads to dir; the same as dir when it is in the data folder
}

// openSocket makes a new folder for the socket and removes what a server that was killed left behind. Only the account
// may enter it, and root. What was made is returned beside an error too, to be removed.
func openSocket(h home, a account) (socket, error) {
	if err := leftBehind(h).remove(); err != nil {
		return socket{}, err
	}
	made, err := makeSocket(h)
	if err != nil {
		return made, fmt.Errorf("making a folder for PostgreSQL's socket: %w", err)
	}
	return made, a.give(made.dir)
}

// leftBehind is where the last server's socket was. A link is followed only to where makeSocket may have led it.
func leftBehind(h home) socket {
	target, err := os.Readlink(h.run)
	if err == nil && slices.Contains([]string{os.TempDir(), "/tmp"}, filepath.Dir(target)) &&
		strings.HasPrefix(filepath.Base(target), tempPrefix) {
		return socket{dir: target, link: h.run}
	}
	return socket{dir: h.run, link: h.run}
}

func makeSocket(h home) (socket, error) {
	if usableForSocket(h.run) {
		return socket{dir: h.run, link: h.run}, os.Mkdir(h.run, 0o700)
	}
	base := os.TempDir()
	if !usableForSocket(filepath.Join(base, tempPrefix+"0123456789")) {
		base = "/tmp"
	}
	dir, err := os.MkdirTemp(base, tempPrefix)
	if err != nil {
		return socket{}, err
	}
	return socket{dir: dir, link: h.run}, os.Symlink(dir, h.run)
}

// usableForSocket reports whether the folder's path is short enough, and free of what separates paths in a list.
func usableForSocket(dir string) bool {
	return len(filepath.Join(dir, ".s.PGSQL."+socketPort)) <= longestSocket && !strings.ContainsAny(dir, `,"`)
}

func (s socket) remove() error {
	if s.dir == "" {
		return nil
	}
	if err := errors.Join(os.RemoveAll(s.dir), os.RemoveAll(s.link)); err != nil {
		return fmt.Errorf("removing the folder of PostgreSQL's socket: %w", err)
	}
	return nil
}

// url leads to a database behind the socket. It leaves nothing to the PG… variables that pgx reads.
func (s socket) url(database string) string {
	params := url.Values{"host": {s.dir}, "port": {socketPort}, "sslmode": {"disable"}, "target_session_attrs": {"any"}}
	address := url.URL{
		Scheme:   "postgres",
		User:     url.User(roleName),
		Path:     "/" + database,
		RawQuery: strings.ReplaceAll(params.Encode(), "+", "%20"), // a plus is no space to PostgreSQL
	}
	return address.String()
}
