package scratch

import (
	"os"
	"syscall"
)

const (
	ramDisk  = "/dev/shm"
	tmpfs    = 0x01021994 // the file system's number: statfs(2)
	roomNeed = 1 << 30    // several packages' databases at a time; containers often have 64 MB
)

// base is where the root is: the RAM disk where there is room on it, else the folder for temporary files. Files are made
// and removed there at a fraction of a disk's cost, which is most of the cost of a test's database.
func base() string {
	var stat syscall.Statfs_t
	err := syscall.Statfs(ramDisk, &stat)
	if err != nil || stat.Type != tmpfs || stat.Bavail*uint64(stat.Bsize) < roomNeed {
		return os.TempDir()
	}
	return ramDisk
}
