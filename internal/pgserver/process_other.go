//go:build !linux

package pgserver

import "syscall"

// endWithParent does nothing where the kernel can't tell a child of its parent's death: the next start stops the child.
func endWithParent(*syscall.SysProcAttr) {}
