package config

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// lockFolder waits until no other process has locked the folder. Closing it unlocks it.
func lockFolder(path string) (*os.File, error) {
	folder, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(err, folder.Close())
	}
	return folder, nil
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
