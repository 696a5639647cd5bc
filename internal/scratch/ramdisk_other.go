//go:build !linux

package scratch

import "os"

// base is where the root is: the folder for temporary files.
func base() string { return os.TempDir() }
