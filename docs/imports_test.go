package docs_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// drawn are the imports that the diagram in architecture.md shows: from each node to others.
func drawn(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("architecture.md")
	require.NoError(t, err)
	_, chart, found := strings.Cut(string(text), "flowchart TD\n")
	require.True(t, found)
	chart, _, _ = strings.Cut(chart, "```")
	edges := map[string][]string{}
	edge := regexp.MustCompile(`^\s*(\w+)(?:\["[^"]*"\])? --> (.+)$`)
	for line := range strings.SplitSeq(strings.TrimSpace(chart), "\n") {
		match := edge.FindStringSubmatch(line)
		require.NotNil(t, match, line)
		for target := range strings.SplitSeq(match[2], "&") {
			edges[match[1]] = append(edges[match[1]], strings.TrimSpace(target))
		}
	}
	return edges
}

// folders are those of the diagram's nodes whose folder isn't internal/ and their name.
var folders = map[string]string{"main": ".", "graph": "graph", "record": "internal/clio/record", "cost": "graph/cost",
	"socket": "graph/socket"}

// everybodys are packages that all may import, and that the diagram leaves out.
var everybodys = []string{
	"internal/apperr", "internal/ident", "internal/page", "internal/civil", "internal/logging", "migrations", "web", "graph/exec", "graph/model",
}

func folderOf(node string) string {
	if folder, ok := folders[node]; ok {
		return folder
	}
	return "internal/" + node
}

// The diagram is true: nobody imports what it doesn't show, and everything that it shows is imported.
func TestImportsAreAsDrawn(t *testing.T) {
	for node, targets := range drawn(t) {
		var allowed []string
		for _, target := range targets {
			allowed = append(allowed, folderOf(target))
		}
		imported := importsOf(t, folderOf(node))
		for _, target := range imported {
			if node != "main" {
				require.Contains(t, append(allowed, everybodys...), target, "%s imports it, and the diagram doesn't show it", node)
			}
		}
		for _, target := range allowed {
			require.Contains(t, imported, target, "the diagram shows that %s imports it", node)
		}
	}
}

// importsOf are the packages of this repository that a folder's files import, tests left out.
func importsOf(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(folder), "*.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files, folder)
	var found []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		require.NoError(t, err)
		for _, one := range parsed.Imports {
			if path, ours := strings.CutPrefix(strings.Trim(one.Path.Value, `"`), "watchkeeper/"); ours {
				found = append(found, path)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
