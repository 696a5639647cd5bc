package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the user of the operating system that runs PostgreSQL, which refuses to run as root.
type account struct {
	name     string
	uid, gid uint32
	// drop is set when this process is root and has to start PostgreSQL as that user.
	drop bool
}

// accountFor is the user that runs this process. Where that is root, it is the user that owns the data; for new data,
// postgres or else nobody.
func accountFor(h home) (account, error) {
	if os.Geteuid() != 0 {
		return account{name: "uid " + strconv.Itoa(os.Geteuid())}, nil
	}
	if owner, ok := ownerOf(h.data); ok && owner != 0 {
		found, err := user.LookupId(strconv.FormatUint(uint64(owner), 10))
		if err != nil {
			return account{}, fmt.Errorf("finding the owner of the data folder %s: %w", h.dir, err)
		}
		return dropTo(found)
	}
	for _, name := range []string{"postgres", "nobody"} {
		if found, err := user.Lookup(name); err == nil {
			return dropTo(found)
		}
	}
	return account{}, errors.New("the built-in PostgreSQL doesn't run as root, and there is neither a user postgres nor " +
		"a user nobody to run it as: create one, or start Watchkeeper as an ordinary user")
}

func dropTo(found *user.User) (account, error) {
	const base, bits = 10, 32
	uid, uidErr := strconv.ParseUint(found.Uid, base, bits)
	gid, gidErr := strconv.ParseUint(found.Gid, base, bits)
	if err := errors.Join(uidErr, gidErr); err != nil {
		return account{}, fmt.Errorf("reading the ids of the user %s: %w", found.Username, err)
	}
	return account{name: found.Username, uid: uint32(uid), gid: uint32(gid), drop: true}, nil
}

func ownerOf(path string) (uint32, bool) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return stat.Uid, true
}

// credential is what a child process is started with; nil when nothing has to change.
func (a account) credential() *syscall.Credential {
	if !a.drop {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

// give makes the user the owner of the path and of all below it. Symbolic links are not followed.
func (a account) give(path string) error {
	if !a.drop {
		return nil
	}
	err := filepath.WalkDir(path, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, int(a.uid), int(a.gid))
	})
	if err != nil {
		return fmt.Errorf("handing %s to the user %s: %w", path, a.name, err)
	}
	return nil
}

// probe fails, naming the folder in the way, when the user can't get at the binaries or at the data folder.
func (a account) probe(ctx context.Context, binaries Binaries, h home) error {
	if !a.drop {
		return nil
	}
	cmd := command(ctx, a, binaries, h, "postgres", "--version")
	err := cmd.Run()
	if !errors.Is(err, fs.ErrPermission) {
		return nil // anything else is reported better when PostgreSQL itself is started
	}
	for _, path := range []string{h.dir, binaries.Dir} {
		if closed := a.firstClosed(path); closed != "" {
			return fmt.Errorf("PostgreSQL doesn't run as root, and the user %s that runs it can't enter the folder %s, on the way to %s: "+
				"open it with chmod o+x, choose another DATA_DIR, or start Watchkeeper as an ordinary user", a.name, closed, path)
		}
	}
	return fmt.Errorf("PostgreSQL doesn't run as root, and the user %s can't run it: %w", a.name, err)
}

// firstClosed is the topmost folder on the way to the path that the user may not enter; empty when there is none.
func (a account) firstClosed(path string) string {
	closed := ""
	for dir := path; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && !a.mayEnter(info) {
			closed = dir
		}
		if dir == filepath.Dir(dir) {
			return closed
		}
	}
}

func (a account) mayEnter(info fs.FileInfo) bool {
	const owner, group, other = 0o100, 0o010, 0o001
	stat, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !ok:
		return true
	case stat.Uid == a.uid:
		return info.Mode()&owner != 0
	case stat.Gid == a.gid:
		return info.Mode()&group != 0
	default:
		return info.Mode()&other != 0
	}
}
