package main_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// versionIsShown starts nothing, and needs no settings.
func versionIsShown(t *testing.T, program string) {
	output, err := start(t, program, []string{"CLIO_REGION=mars"}, "--version").end()
	require.NoError(t, err, output)
	require.Regexp(t, `^watchkeeper .+ \(commit .+; go1\.\S+ \w+/\w+\)$`, output)
}

func TestVersionComesFromGit(t *testing.T) {
	head, err := exec.CommandContext(t.Context(), "git", "rev-parse", "HEAD").Output()
	if err != nil {
		t.Skip("there is no Git, or this is no repository of its")
	}
	output := versionBuiltWith(t, "-buildvcs=true")
	require.Contains(t, output, "(commit "+strings.TrimSpace(string(head)))
	require.NotContains(t, output, "development version")
}

func TestVersionIsSetByTheBuild(t *testing.T) {
	for _, vcs := range []string{"-buildvcs=false", "-buildvcs=auto"} {
		output := versionBuiltWith(t, vcs, "-ldflags", "-X main.version=v1.2.3 -X main.commit=0123abc")
		require.Regexp(t, `^watchkeeper v1\.2\.3 \(commit 0123abc; go`, output)
	}
}

// versionBuiltWith is what a program that was built with these flags prints for --version.
func versionBuiltWith(t *testing.T, flags ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "watchkeeper")
	arguments := append(append([]string{"build"}, flags...), "-o", program, ".")
	built, err := exec.CommandContext(t.Context(), "go", arguments...).CombinedOutput()
	require.NoError(t, err, string(built))
	output, err := start(t, program, nil, "--version").end()
	require.NoError(t, err, output)
	return output
}
