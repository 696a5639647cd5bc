package pgserver

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// command prepares one of PostgreSQL's programs: as the right user, in the data folder, in a process group of its own
// (so that Ctrl-C in a terminal reaches Watchkeeper alone), and with none of the PG… variables of this process.
func command(ctx context.Context, a account, binaries Binaries, h home, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(binaries.Dir, program), args...)
	cmd.Dir = h.dir
	cmd.Env = []string{"LC_ALL=C", "TZ=UTC"}
	for _, name := range []string{"PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"} {
		if value, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: a.credential(), Setpgid: true}
	endWithParent(cmd.SysProcAttr)
	return cmd
}

// command prepares a program that writes to the log. It isn't bound to a context: that would kill it outright.
func (s *Server) command(program string, args ...string) *exec.Cmd {
	cmd := command(context.Background(), s.account, s.binaries, s.home, program, args...)
	cmd.Stdout, cmd.Stderr = s.log, s.log
	return cmd
}

// process is a child process.
type process struct {
	cmd  *exec.Cmd
	done chan struct{} // closed once the child has ended
	err  error         // how it ended; to be read after done
}

// launch starts the child and waits for its end in a goroutine of its own.
func launch(cmd *exec.Cmd) (*process, error) {
	p := &process{cmd: cmd, done: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		// A child that is to end with its parent ends with the thread that started it. This one stays as long as the child.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		p.err = cmd.Wait()
		close(p.done)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

// wait returns how the child ended. When the context ends first, the child is shut down.
func (p *process) wait(ctx context.Context) error {
	select {
	case <-p.done:
		return p.err
	case <-ctx.Done():
		return errors.Join(ctx.Err(), p.shutDown(ctx))
	}
}

// shutDown ends the child and waits for it. The context bounds how long it may take its time over it.
func (p *process) shutDown(ctx context.Context) error {
	return shutDown(ctx, p.cmd.Process, func() bool {
		select {
		case <-p.done:
			return true
		default:
			return false
		}
	})
}

const (
	timeout       = 10 * time.Second // with a fast shutdown, which writes a checkpoint
	lastTimeout   = 5 * time.Second  // with an immediate one, which doesn't
	pollingPeriod = 5 * time.Millisecond
)

// shutDown asks a postmaster for a fast shutdown (SIGINT), then for an immediate one (SIGQUIT), then kills it
// (PostgreSQL's documentation, "Shutting Down the Server"). It returns when gone says so.
func shutDown(ctx context.Context, postmaster *os.Process, gone func() bool) error {
	willing, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if end(willing, postmaster, syscall.SIGINT, gone) {
		return nil
	}
	for _, signal := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGKILL} {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastTimeout)
		defer cancel()
		if end(limited, postmaster, signal, gone) {
			return nil
		}
	}
	return fmt.Errorf("PostgreSQL (process %d) doesn't end", postmaster.Pid)
}

// end sends the signal and reports whether the process was gone before the context ended.
func end(ctx context.Context, process *os.Process, signal os.Signal, gone func() bool) bool {
	if gone() {
		return true
	}
	_ = process.Signal(signal) // fails when it has just ended, which gone will show
	ticker := time.NewTicker(pollingPeriod)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return gone()
		case <-ticker.C:
			if gone() {
				return true
			}
		}
	}
}
