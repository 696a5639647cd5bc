package pgserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// home is the layout of a data folder.
type home struct {
	dir  string
	data string
	run  string
	lock string
	log  string
}

func homeAt(dir string) home {
	return home{
		dir:  dir,
		data: filepath.Join(dir, "postgres"),
		run:  filepath.Join(dir, "run"),
		lock: filepath.Join(dir, "lock"),
		log:  filepath.Join(dir, "postgres.log"),
	}
}

// openHome creates the folder where it is missing, lets the user that runs PostgreSQL pass through it, and returns its
// layout without symbolic links.
func openHome(dir string, account account) (home, error) {
	const private, passable = 0o700, 0o711
	mode := fs.FileMode(private)
	if account.drop {
		mode = passable
	}
	if err := os.MkdirAll(dir, mode); err != nil {
		return home{}, fmt.Errorf("creating the data folder: %w", err)
	}
	resolved, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return home{}, fmt.Errorf("finding the data folder: %w", err)
	}
	info, err := os.Stat(resolved)
	if err != nil {
		return home{}, fmt.Errorf("finding the data folder: %w", err)
	}
	const pass = 0o001
	if account.drop && info.Mode().Perm()&pass == 0 {
		if err := os.Chmod(resolved, info.Mode().Perm()|pass); err != nil {
			return home{}, fmt.Errorf("letting the user %s pass through the data folder: %w", account.name, err)
		}
	}
	return homeAt(resolved), nil
}

// takeLock makes this process the folder's only server until the file is closed.
func (h home) takeLock() (*os.File, error) {
	file, err := os.OpenFile(h.lock, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the lock of the data folder: %w", err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = fmt.Errorf("%w %s: stop it, or give this one a DATA_DIR of its own", ErrInUse, h.dir)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// sync makes sure that the names in the folder outlast a crash of the machine.
func (h home) sync() error {
	dir, err := os.Open(h.dir)
	if err != nil {
		return fmt.Errorf("opening the data folder: %w", err)
	}
	if err := errors.Join(dir.Sync(), dir.Close()); err != nil {
		return fmt.Errorf("writing the data folder: %w", err)
	}
	return nil
}

// openLog begins a new log and keeps the one before.
func (h home) openLog() (*os.File, error) {
	if err := os.Rename(h.log, h.log+".old"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("keeping PostgreSQL's earlier log: %w", err)
	}
	file, err := os.OpenFile(h.log, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening PostgreSQL's log: %w", err)
	}
	return file, nil
}

// logText is what PostgreSQL said since its start; empty when it said nothing.
func (h home) logText() string {
	content, err := os.ReadFile(h.log)
	if err != nil {
		return ""
	}
	return string(content)
}

// logTail is the end of what PostgreSQL said since its start; empty when it said nothing.
func (h home) logTail() string {
	const lines = 12
	all := strings.Split(strings.TrimSpace(h.logText()), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}
