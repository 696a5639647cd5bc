package main_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
	"github.com/stretchr/testify/require"
)

// instruction is a line of the Dockerfile: COPY, and what is to be copied where. Flags are left out.
type instruction struct {
	name      string
	arguments []string
}

// dockerfile returns the instructions of each stage.
func dockerfile(t *testing.T) (stages [][]instruction) {
	t.Helper()
	file, err := os.Open("Dockerfile")
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	parsed, err := parser.Parse(file)
	require.NoError(t, err)
	require.Empty(t, parsed.Warnings)
	for _, node := range parsed.AST.Children {
		next := instruction{name: strings.ToUpper(node.Value)}
		for argument := node.Next; argument != nil; argument = argument.Next {
			next.arguments = append(next.arguments, argument.Value)
		}
		if next.name == "FROM" {
			stages = append(stages, nil)
		}
		last := len(stages) - 1
		require.GreaterOrEqual(t, last, 0, "it begins with FROM")
		stages[last] = append(stages[last], next)
	}
	return stages
}

// only returns the arguments of the stage's one instruction of that name.
func only(t *testing.T, stage []instruction, name string) []string {
	t.Helper()
	var found [][]string
	for _, each := range stage {
		if each.name == name {
			found = append(found, each.arguments)
		}
	}
	require.Len(t, found, 1, name)
	return found[0]
}

// hostless is an image's name without the host of a registry.
var hostless = regexp.MustCompile(`^[a-z0-9]+(/[a-z0-9-]+)?(:[\w.${}:-]+)?$`)

func TestImage(t *testing.T) {
	stages := dockerfile(t)
	require.Len(t, stages, 2)
	build, image := stages[0], stages[1]
	require.Regexp(t, hostless, only(t, build, "FROM")[0])
	require.Contains(t, readFile(t, "go.mod"), "\ngo "+strings.TrimPrefix(only(t, build, "FROM")[0], "golang:"), "it is built with the Go of go.mod")

	require.Equal(t, []string{"scratch"}, only(t, image, "FROM"))
	user, _, _ := strings.Cut(only(t, image, "USER")[0], ":")
	id, err := strconv.Atoi(user)
	require.NoError(t, err, "an image without /etc/passwd knows no names")
	require.NotZero(t, id)
	require.Equal(t, []string{"/out/watchkeeper", "/watchkeeper"}, only(t, image, "COPY"))
	require.Equal(t, []string{"/watchkeeper"}, only(t, image, "ENTRYPOINT"))
	require.Equal(t, []string{"CMD", "/watchkeeper", "healthcheck"}, only(t, image, "HEALTHCHECK"))
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(content)
}

// buildImage builds the program as the Dockerfile says from what .dockerignore leaves, and returns the folder that it is alone in.
func buildImage(t *testing.T, version, commit string) string {
	t.Helper()
	source, out := buildContext(t), t.TempDir()
	command := only(t, dockerfile(t)[0][slices.IndexFunc(dockerfile(t)[0], isBuild):][:1], "RUN")[0]
	build := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(command, "/out/", out+"/"))
	build.Dir = source
	build.Env = append(os.Environ(), "TARGETOS="+runtime.GOOS, "TARGETARCH="+runtime.GOARCH, "VERSION="+version, "COMMIT="+commit)
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))
	return out
}

func isBuild(each instruction) bool {
	return each.name == "RUN" && strings.Contains(each.arguments[0], "go build")
}

// buildContext is a copy of what .dockerignore leaves of this folder.
func buildContext(t *testing.T) string {
	t.Helper()
	patterns, err := ignorefile.ReadAll(strings.NewReader(readFile(t, ".dockerignore")))
	require.NoError(t, err)
	ignored, err := patternmatcher.New(patterns)
	require.NoError(t, err)
	target := t.TempDir()
	err = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path == ".git":
			return filepath.SkipDir
		case entry.IsDir():
			return nil
		}
		skip, err := ignored.MatchesOrParentMatches(path)
		if err != nil || skip {
			return err
		}
		require.NotContains(t, path, "_test.go")
		require.NotContains(t, path, "secrets")
		if err := os.MkdirAll(filepath.Join(target, filepath.Dir(path)), 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(target, path), []byte(readFile(t, path)), 0o644)
	})
	require.NoError(t, err)
	return target
}
