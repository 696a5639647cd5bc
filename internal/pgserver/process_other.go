//go:build !linux

package pgserver

import "syscall"

// endWithParent does nothing where the kernel can't signal a child when its parent dies: the next start stops the child.
func endWithParent(*syscall.SysProcAttr) {}
