package pgserver

import "syscall"

// endWithParent has the kernel send the child a SIGINT, which is a fast shutdown to PostgreSQL, when this process dies
// without having stopped it.
func endWithParent(attr *syscall.SysProcAttr) {
	attr.Pdeathsig = syscall.SIGINT
}
