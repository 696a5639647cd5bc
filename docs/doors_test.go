package docs_test

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The list of those who work across firms is complete, and all of them are in postgres.
func TestDoorsAreAsListed(t *testing.T) {
	text, err := os.ReadFile("architecture.md")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(text), "| door | who goes through it | what for |\n")
	require.True(t, found)
	table, _, _ = strings.Cut(table, "\n\n")
	listed, name := map[string][]string{}, regexp.MustCompile("`([\\w.]+)`")
	for _, row := range strings.Split(table, "\n")[1:] {
		cells := strings.Split(row, "|")
		door := name.FindStringSubmatch(cells[1])
		require.NotNil(t, door, row)
		for _, who := range name.FindAllStringSubmatch(cells[2], -1) {
			listed[door[1]] = append(listed[door[1]], who[1])
		}
	}
	used := doorsUsed(t)
	require.Len(t, used, len(listed))
	for door, who := range used {
		require.ElementsMatch(t, listed[door], who, door)
	}
}

// doorsUsed are the functions that call AcrossFirms, by the door.
func doorsUsed(t *testing.T) map[string][]string {
	t.Helper()
	used := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && (entry.Name() == "pgtest" || entry.Name() == "node_modules") {
			return cmp.Or(err, filepath.SkipDir)
		}
		if entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, declared := range file.Decls {
			if function, ok := declared.(*ast.FuncDecl); ok {
				for _, door := range doorsIn(function) {
					require.Equal(t, filepath.Join(root, "internal", "postgres"), filepath.Dir(path), "%s opens a door", function.Name)
					used[door] = append(used[door], receiverOf(function)+function.Name.Name)
				}
			}
		}
		return nil
	})
	require.NoError(t, err)
	return used
}

// doorsIn are the second arguments of a function's calls of AcrossFirms.
func doorsIn(function *ast.FuncDecl) (doors []string) {
	ast.Inspect(function, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}
		name := ""
		switch called := call.Fun.(type) {
		case *ast.Ident:
			name = called.Name
		case *ast.SelectorExpr:
			name = called.Sel.Name
		}
		if name == "AcrossFirms" && len(call.Args) == 2 {
			door := "another"
			if constant, ok := call.Args[1].(*ast.Ident); ok {
				door = constant.Name
			}
			doors = append(doors, door)
		}
		return true
	})
	return doors
}

// receiverOf is the name of the type whose method a function is, with a dot.
func receiverOf(function *ast.FuncDecl) string {
	if function.Recv == nil {
		return ""
	}
	kind := function.Recv.List[0].Type
	if pointer, ok := kind.(*ast.StarExpr); ok {
		kind = pointer.X
	}
	if name, ok := kind.(*ast.Ident); ok {
		return name.Name + "."
	}
	return ""
}
