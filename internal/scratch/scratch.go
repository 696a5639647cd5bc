// Package scratch gives tests folders for databases: on a RAM disk where there is room, and removed even where the test
// binary was killed.
//
// All folders of one user are in one folder of the user's own, the root. It has a file named lock, which guards the
// names in it, and for each folder a file that its owner keeps locked as long as it lives. Whoever makes a folder removes
// those whose owners are gone.
package scratch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	prefix = "folder-"
	// ownerSuffix ends the name of the file that a folder's owner keeps locked.
	ownerSuffix = ".owner"
	// lockTimeout is far longer than anybody holds the root's lock.
	lockTimeout   = time.Minute
	pollingPeriod = 5 * time.Millisecond

	private  = 0o700
	passable = 0o711 // PostgreSQL runs as another user where tests run as root
	open     = 0o755
)

// Dir returns a new folder that every user may enter and that ends with the test. Where there can't be one in the root, it
// is in the folder for temporary files.
func Dir(t testing.TB) string {
	t.Helper()
	if root, err := Open(); err == nil {
		if folder, err := root.NewFolder(t.Context()); err == nil {
			t.Cleanup(func() { require.NoError(t, folder.Remove()) })
			return folder.Path
		}
	}
	dir, err := os.MkdirTemp("", "watchkeeper-test-")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chmod(dir, open))
	return dir
}

// Root is the folder that all others are in.
type Root struct {
	path string
}

// Open returns the user's root, which is created when missing. It fails when something else has its name.
func Open() (*Root, error) {
	return OpenIn(base())
}

// OpenIn is Open with another place for the root.
func OpenIn(base string) (*Root, error) {
	uid := os.Geteuid()
	mode := fs.FileMode(private)
	if uid == 0 {
		mode = passable
	}
	path := filepath.Join(base, "watchkeeper-test-"+strconv.Itoa(uid))
	if err := os.Mkdir(path, mode); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("making the folder for tests: %w", err)
	}
	info, err := os.Lstat(path)
	if err != nil {
		return nil, fmt.Errorf("making the folder for tests: %w", err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	const othersWrite = 0o022
	if !info.IsDir() || !ok || int(stat.Uid) != uid || info.Mode().Perm()&othersWrite != 0 {
		return nil, fmt.Errorf("the folder %s isn't this user's own", path)
	}
	return &Root{path: path}, nil
}

// Locked runs the function while no other process of this user makes or removes anything in the root. It fails when the
// context ends before the root is free.
func (r *Root) Locked(ctx context.Context, do func() error) error {
	ctx, cancel := context.WithTimeout(ctx, lockTimeout)
	defer cancel()
	for {
		file, err := lock(filepath.Join(r.path, "lock"))
		if err == nil {
			return errors.Join(do(), file.Close())
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for the lock of %s: %w", r.path, ctx.Err())
		case <-time.After(pollingPeriod):
		}
	}
}

// Path is the path of something in the root.
func (r *Root) Path(name string) string {
	return filepath.Join(r.path, name)
}

// Folder is a folder in the root that belongs to this process.
type Folder struct {
	Path  string
	owner *os.File
}

// NewFolder makes a folder that every user may enter, and removes those of processes that are gone. Its owner calls Remove.
func (r *Root) NewFolder(ctx context.Context) (folder *Folder, err error) {
	err = r.Locked(ctx, func() error {
		r.sweep()
		path, err := os.MkdirTemp(r.path, prefix)
		if err != nil {
			return fmt.Errorf("making a folder for a test: %w", err)
		}
		owner, err := lock(path + ownerSuffix)
		if err != nil {
			return errors.Join(err, os.Remove(path))
		}
		folder = &Folder{Path: path, owner: owner}
		if err := os.Chmod(path, open); err != nil {
			return errors.Join(fmt.Errorf("making a folder for a test: %w", err), folder.Remove())
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return folder, nil
}

// sweep removes the folders whose owners are gone. What resists, as a PostgreSQL that is still ending may add files, is
// left to the next.
func (r *Root) sweep() {
	folders, _ := filepath.Glob(r.Path(prefix + "*")) // the pattern is constant
	for _, path := range folders {
		name := strings.TrimSuffix(path, ownerSuffix)
		owner, err := lock(name + ownerSuffix)
		if err != nil {
			continue // it lives
		}
		_ = (&Folder{Path: name, owner: owner}).Remove()
	}
}

// Remove removes the folder with all that is in it.
func (f *Folder) Remove() error {
	err := os.RemoveAll(f.Path)
	if err == nil { // while there is a folder, its owner file says whether somebody uses it
		err = os.Remove(f.owner.Name())
	}
	if err := errors.Join(err, f.owner.Close()); err != nil {
		return fmt.Errorf("removing a test's folder: %w", err)
	}
	return nil
}

// lock opens the file, which is created when missing, and locks it until it is closed; syscall.EWOULDBLOCK when another
// process, or this one, holds it.
func lock(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening a lock: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
