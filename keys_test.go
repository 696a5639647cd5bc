package main_test

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// rotations is how often the key is changed while firms sync.
const rotations = 4

// keysRotateBesideADatabase changes the generated key of a server with the built-in database, which it has open.
func keysRotateBesideADatabase(t *testing.T, program string) {
	folder := dataFolder(t)
	r := newReplicas(t, program, 1, 45*time.Second)
	r.settings = append(withoutKeysAndDatabase(r.settings), "DATA_DIR="+folder)
	r.rotateKeys(filepath.Join(folder, "encryption.keys"))

	// The other commands work beside the server too.
	output, err := start(t, program, r.settings, "migrate", "status").end()
	require.NoError(t, err, output)
	require.NotContains(t, output, "not applied")

	// Without a server the command starts the database itself.
	require.NoError(t, r.running[0].Process.Signal(syscall.SIGTERM))
	_, err = r.running[0].end()
	require.NoError(t, err)
	require.Contains(t, r.keys("rotate"), "Encrypted 2 tokens anew")
	require.False(t, postgresIn(t, folder))
}

// keysWithoutAServer says so where no server has ever run, and makes nothing.
func keysWithoutAServer(t *testing.T, program string) {
	folder := dataFolder(t)
	output, err := start(t, program, []string{"DATA_DIR=" + folder}, "keys", "list").end()
	require.Error(t, err)
	require.Contains(t, output, folder)
	require.NoDirExists(t, folder)
}

// keysRotateInAFile changes the key in a file that two servers read.
func keysRotateInAFile(t *testing.T, program string) {
	r := newReplicas(t, program, 2, 45*time.Second)
	file := filepath.Join(t.TempDir(), "keys")
	require.NoError(t, os.WriteFile(file, []byte(base64.StdEncoding.EncodeToString(make([]byte, 32))+"\n"), 0o600))
	database := "DATABASE_URL=" + r.database
	r.settings = append(withoutKeysAndDatabase(r.settings), database, "ENCRYPTION_KEYS_FILE="+file)
	r.rotateKeys(file)
}

func withoutKeysAndDatabase(settings []string) (others []string) {
	for _, setting := range settings {
		if !strings.HasPrefix(setting, "DATABASE_URL=") && !strings.HasPrefix(setting, "ENCRYPTION_KEYS=") {
			others = append(others, setting)
		}
	}
	return others
}

// rotateKeys changes the key again and again while a firm syncs: no sync fails, and what is sealed meanwhile stays readable.
func (r *replicas) rotateKeys(file string) {
	r.Helper()
	r.clio.fill(3)
	for i := range r.addresses {
		r.startUp(i)
	}
	f, err := r.signUp("firm", 3)
	require.NoError(r, err)
	require.NoError(r, f.syncOnce())
	require.Regexp(r, `(?m)^[0-9a-f]{16}  2 tokens, the newest$`, r.keys("list"))

	synced, stop, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(synced)
		ended <- f.syncUntilStopped(synced, stop)
	}()
	for range rotations {
		output := r.keys("rotate")
		require.Contains(r, output, "Added the key")
		require.Contains(r, output, "Encrypted 2 tokens anew with the newest key.\nNo server needs the older keys after 1m0s")
		r.clio.ExpireTokens() // so that tokens are renewed, and sealed, by a server that has to notice the key
		<-synced
		<-synced // this sync began after the rotation
	}
	close(stop)
	require.NoError(r, <-ended)

	list := r.keys("list")
	require.Regexp(r, `(?m)^[0-9a-f]{16}  2 tokens, the newest$`, list)
	require.Equal(r, rotations, strings.Count(list, "  0 tokens"), list)
	require.Contains(r, r.keys("reseal"), "Encrypted 0 tokens anew")

	output, err := start(r.T, r.program, r.settings, "keys", "prune").end()
	require.Error(r, err, "a server may still be about to use an older key")
	require.Contains(r, output, "try again in")
	long := time.Now().Add(-2 * time.Minute)
	require.NoError(r, os.Chtimes(file, long, long))
	require.Contains(r, r.keys("prune"), "Dropped 4 keys from "+file)
	require.Equal(r, 1, strings.Count(r.keys("list"), "token"))
	require.NoError(r, f.syncOnce())

	for i := range r.addresses {
		r.restart(i)
	}
	require.NoError(r, f.syncOnce())
}

// keys runs one of the `keys` commands and returns what it prints, which never is a key.
func (r *replicas) keys(command string) string {
	r.Helper()
	output, err := start(r.T, r.program, r.settings, "keys", command).end()
	require.NoError(r, err, output)
	require.NotRegexp(r, `[A-Za-z0-9+/]{43}=`, output)
	return output
}

// syncOnce is an error unless all watches are compared with Clio.
func (f *firm) syncOnce() error {
	var started struct{ SyncAllWatches struct{ Run run } }
	if err := f.ask(&started, `mutation { syncAllWatches { run { id } } }`, nil); err != nil {
		return err
	}
	ended, err := f.ended(started.SyncAllWatches.Run.ID)
	if err == nil && ended.Status != "SUCCEEDED" {
		err = errors.New("a sync ended as " + ended.Status)
	}
	return err
}

// syncUntilStopped syncs again and again, and signals each sync that ended if anybody waits for it.
func (f *firm) syncUntilStopped(synced chan<- struct{}, stop <-chan struct{}) error {
	for {
		if err := f.syncOnce(); err != nil {
			return err
		}
		select {
		case <-stop:
			return nil
		case synced <- struct{}{}:
		default:
		}
	}
}

// keysOfTheEnvironment can be listed and used, but not changed by a command.
func keysOfTheEnvironment(t *testing.T, program string) {
	r := newReplicas(t, program, 1, 45*time.Second)
	r.clio.fill(1)
	r.startUp(0)
	f, err := r.signUp("firm", 1)
	require.NoError(t, err)
	require.Contains(t, r.keys("list"), "  2 tokens, the newest")
	for _, command := range []string{"rotate", "prune"} {
		output, err := start(t, program, r.settings, "keys", command).end()
		require.Error(t, err)
		require.Contains(t, output, "ENCRYPTION_KEYS")
	}

	// First every server learns the new key, then every server uses it.
	former := base64.StdEncoding.EncodeToString(make([]byte, 32))
	next := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("n", 32)))
	for _, keys := range []string{former + "," + next, next + "," + former, next} {
		r.settings = append(withoutKeysAndDatabase(r.settings), "DATABASE_URL="+r.database, "ENCRYPTION_KEYS="+keys)
		r.restart(0)
		require.NoError(t, f.syncOnce())
	}
	wrong := append(withoutKeysAndDatabase(r.settings), "DATABASE_URL="+r.database, "ENCRYPTION_KEYS="+former)
	output, err := start(t, program, wrong, "keys", "list").end()
	require.NoError(t, err)
	require.Contains(t, output, "2 tokens, MISSING")
	output, err = start(t, program, wrong, "keys", "reseal").end()
	require.Error(t, err)
	require.Contains(t, output, "does not contain the key")
}
