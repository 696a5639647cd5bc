package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// lockFile opens the file once no other process has locked it, and locks it. Closing it unlocks it.
func lockFile(path string) (*os.File, error) {
	for {
		file, err := os.OpenFile(path, os.O_RDWR, 0) // NFS locks only what is open for writing
		if errors.Is(err, fs.ErrPermission) {
			file, err = os.Open(path)
		}
		if err != nil {
			return nil, err
		}
		if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
			return nil, errors.Join(err, file.Close())
		}
		current, err := isCurrent(file, path)
		if err != nil {
			return nil, errors.Join(err, file.Close())
		}
		if current {
			return file, nil
		}
		if err := file.Close(); err != nil { // another process has replaced it meanwhile
			return nil, err
		}
	}
}

// isCurrent reports whether the path still leads to the open file.
func isCurrent(file *os.File, path string) (bool, error) {
	opened, err := file.Stat()
	if err != nil {
		return false, err
	}
	found, err := os.Stat(path)
	if err != nil {
		return false, err
	}
	return os.SameFile(opened, found), nil
}

// giveAsBefore gives a file the owner and the mode of the one that it is going to replace: the server has to be able to read it.
func giveAsBefore(path, former string) error {
	info, err := os.Stat(former)
	if err != nil {
		return err
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		if err := os.Chown(path, int(stat.Uid), int(stat.Gid)); err != nil {
			return fmt.Errorf("only the owner of the file, or root, can do this: %w", err)
		}
	}
	return os.Chmod(path, info.Mode().Perm())
}
