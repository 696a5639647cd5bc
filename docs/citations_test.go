// Package docs_test holds the documents to the code: what is cited exists, and what is drawn is so.
package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = ".."

// sources are the files of the repository that may cite a document: paths from its root, and their text.
func sources(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", ".watchkeeper", "node_modules", "graphiql", "testdata"}, entry.Name()):
			return filepath.SkipDir
		case entry.IsDir() || !slices.Contains([]string{".go", ".graphqls", ".md", ".sql", ".yml"}, filepath.Ext(name)):
			return nil
		}
		text, err := os.ReadFile(path)
		found[filepath.ToSlash(name)] = string(text)
		return err
	})
	require.NoError(t, err)
	require.Greater(t, len(found), 100)
	return found
}

var (
	citation = regexp.MustCompile(`\b((?:docs/[a-z]+|README|CONTRIBUTING|CHANGELOG|BENCHMARKS)\.md)(?:#([a-z0-9-]+))?`)
	link     = regexp.MustCompile(`\]\(([a-zA-Z./]+\.md)?(?:#([a-z0-9-]+))?\)`)
	heading  = regexp.MustCompile(`(?m)^#+ (.+)$`)
	noAnchor = regexp.MustCompile(`[^a-z0-9 -]`)
)

// anchors are those of a document's headings, as forges make them.
func anchors(text string) []string {
	var found []string
	for _, match := range heading.FindAllStringSubmatch(text, -1) {
		plain := noAnchor.ReplaceAllString(strings.ToLower(match[1]), "")
		found = append(found, strings.ReplaceAll(plain, " ", "-"))
	}
	return found
}

// Whoever follows a citation arrives: the document exists, and has a heading of that name.
func TestCitationsResolve(t *testing.T) {
	files := sources(t)
	cited := 0
	check := func(from, document, anchor string) {
		text, ok := files[document]
		require.True(t, ok, "%s cites %s, which isn't there", from, document)
		if anchor != "" {
			require.Contains(t, anchors(text), anchor, "%s cites %s#%s", from, document, anchor)
		}
	}
	for name, text := range files {
		for _, match := range citation.FindAllStringSubmatch(text, -1) {
			check(name, match[1], match[2])
			cited++
		}
		if filepath.Ext(name) != ".md" {
			continue
		}
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			document := name
			if match[1] != "" {
				document = filepath.ToSlash(filepath.Join(filepath.Dir(name), match[1]))
			}
			check(name, document, match[2])
		}
	}
	require.Greater(t, cited, 90)
}

// What is cited of the contract is in it: "(contract, SyncCounts)".
func TestCitationsOfTheContractResolve(t *testing.T) {
	contract, err := os.ReadFile(filepath.Join(root, "graph", "testdata", "contract.graphqls"))
	require.NoError(t, err)
	cited := regexp.MustCompile(`\(contract, ([A-Za-z]+)(?:\.([A-Za-z]+))?[,)]`)
	for name, text := range sources(t) {
		for _, match := range cited.FindAllStringSubmatch(text, -1) {
			for _, word := range match[1:] {
				known := regexp.MustCompile(`(?i)\b` + word + `\b`).Match(contract)
				require.True(t, known, "%s cites the contract's %s", name, match[0])
			}
		}
	}
}

// The rulebook is the repository's own.
func TestNothingElseIsCited(t *testing.T) {
	elsewhere := "design" + ".md"
	for name, text := range sources(t) {
		require.NotContains(t, text, elsewhere, name)
	}
}

// The files that the documents name are there.
func TestFilesNamedExist(t *testing.T) {
	path := regexp.MustCompile("`((?:internal|graph|migrations|web|e2e|docs)/[A-Za-z0-9_./*-]*)`")
	for name, text := range sources(t) {
		if filepath.Ext(name) != ".md" || name == "CHANGELOG.md" {
			continue
		}
		for _, match := range path.FindAllStringSubmatch(text, -1) {
			found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(match[1])))
			require.NoError(t, err)
			require.NotEmpty(t, found, "%s names %s", name, match[1])
		}
	}
}
