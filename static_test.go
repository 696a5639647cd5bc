package main_test

import (
	"crypto/x509"
	"debug/elf"
	"encoding/base64"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/x509roots/fallback/bundle"

	"watchkeeper/internal/postgres/pgtest"
)

// The program needs nothing of the machine but its kernel and a PostgreSQL: as the Dockerfile builds it, it runs where there is no other
// file, as a user whom nobody knows.
func TestProgramAlone(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the image is one of Linux")
	}
	root := buildImage(t, "v1.2.3", "0123abc")
	program, err := elf.Open(filepath.Join(root, "watchkeeper"))
	require.NoError(t, err)
	libraries, err := program.ImportedLibraries()
	require.NoError(t, err)
	require.Empty(t, libraries)
	require.NoError(t, program.Close())
	if os.Geteuid() != 0 {
		t.Skip("only root can run a program in a folder without anything else (chroot)")
	}
	run := func(settings []string, arguments ...string) *process {
		command := exec.Command("/watchkeeper", arguments...)
		command.Dir = "/"
		command.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
		return startCommand(t, command, settings)
	}
	version, err := run(nil, "--version").end()
	require.NoError(t, err, version)
	require.Contains(t, version, "watchkeeper v1.2.3 (commit 0123abc;")
	serveAlone(t, run)
}

// serveAlone checks that the program serves where there is nothing but itself: run starts it there.
func serveAlone(t *testing.T, run func(settings []string, arguments ...string) *process) {
	address := freeAddress(t)
	settings := []string{
		"DATABASE_URL=" + forward(t, pgtest.Empty(t)), "LISTEN_ADDR=" + address,
		"ENCRYPTION_KEYS=" + base64.StdEncoding.EncodeToString(make([]byte, 32)),
	}
	server := run(settings)
	server.until("serving")
	output, err := run(settings, "healthcheck").end()
	require.NoError(t, err, output)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/readyz", nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode)

	f := &firm{replicas: &replicas{T: t, addresses: []string{address}}}
	var signedUp struct{ SignUp struct{ Token string } }
	require.NoError(t, f.ask(&signedUp, `mutation { signUp(input: {firmName: "F", name: "N", email: "a@b", password: "a long password"}) { token } }`, nil))
	f.token = signedUp.SignUp.Token
	var set struct {
		UpdateSyncSettings struct {
			SyncSettings struct{ NextSyncAt time.Time }
			UserErrors   []struct{ Message string }
		}
	}
	require.NoError(t, f.ask(&set, `mutation { updateSyncSettings(input: {autoSyncEnabled: true, timeOfDay: "06:00", timeZone: "America/New_York"}) {
		syncSettings { nextSyncAt } userErrors { message }
	} }`, nil))
	require.Empty(t, set.UpdateSyncSettings.UserErrors)
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	require.Equal(t, "06:00", set.UpdateSyncSettings.SyncSettings.NextSyncAt.In(newYork).Format("15:04"))

	require.NoError(t, server.Process.Signal(os.Interrupt))
	output, err = server.end()
	require.NoError(t, err, output)
}

// rootsChild makes the test binary check the certificate authorities and nothing else.
const rootsChild = "WATCHKEEPER_TEST_ROOTS"

// The program knows the public certificate authorities where the machine has none.
func TestEmbeddedCertificateAuthorities(t *testing.T) {
	if os.Getenv(rootsChild) == "" {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
		child.Env = []string{rootsChild + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "SSL_CERT_FILE=/nowhere", "SSL_CERT_DIR=/nowhere"}
		output, err := child.CombinedOutput()
		require.NoError(t, err, string(output))
		return
	}
	valid := 0
	for root := range bundle.Roots() {
		certificate, err := x509.ParseCertificate(root.Certificate)
		require.NoError(t, err)
		if root.Constraint != nil || time.Now().After(certificate.NotAfter) {
			continue
		}
		_, err = certificate.Verify(x509.VerifyOptions{}) // against the system's, which it hasn't
		require.NoError(t, err, certificate.Subject)
		valid++
	}
	require.NotZero(t, valid)
}
