package docs_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata/messages.txt anew")

// sentence is what a message looks like: "The watch is archived." or, as the end of one, "must contain a letter".
var sentence = regexp.MustCompile(`^([A-Z%'].*[ ].*[.!?:]|must .+|.*[ ].*[.]\n?)$`)

// operators are the packages whose errors end up before whoever starts the server, sentence or not.
var operators = []string{".", "internal/config", "internal/pgserver"}

// fewWords are how many words make an error that is worth reading.
const fewWords = 3

// Every message that a person can see, in one place to read: what a mutation answers, what a run says, what the commands print. After
// a change of one run `go test ./docs -update`, and read the difference.
func TestMessagesAreListed(t *testing.T) {
	const golden = "testdata/messages.txt"
	listed := strings.Join(messages(t), "\n") + "\n"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(listed), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, strings.Split(string(want), "\n"), strings.Split(listed, "\n"), "run: go test ./docs -update")
}

// messages are the sentences in the program's texts, each once a package, by package and text.
func messages(t *testing.T) []string {
	t.Helper()
	var found []string
	for name, text := range sources(t) {
		spoken := filepath.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") && !strings.HasPrefix(name, "graph/exec/")
		if !spoken || strings.HasPrefix(name, "internal/sandbox/") || strings.Contains(name, "pgtest") {
			continue // the sandbox speaks as Clio does
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
		require.NoError(t, err)
		folder := filepath.ToSlash(filepath.Dir(name))
		for _, message := range textsOf(file) {
			if sentence.MatchString(message) || slices.Contains(operators, folder) && len(strings.Fields(message)) >= fewWords {
				found = append(found, folder+"\t"+strconv.Quote(message))
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// textsOf are the string constants of a file, those that are added together as one; imports and tags are left out.
func textsOf(file *ast.File) []string {
	var texts []string
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			if node.Tag != nil {
				texts = append(texts, help(node.Tag.Value))
				node.Tag = nil
			}
		case ast.Expr:
			if text, ok := constant(node); ok {
				texts = append(texts, text)
				return false
			}
		}
		return true
	})
	return texts
}

// help is what a tag has the command line say of a flag; empty where it says nothing.
func help(tag string) string {
	return reflect.StructTag(strings.Trim(tag, "`")).Get("help")
}

// constant is the value of a text, or of several added together; what is not constant among them is shown as an ellipsis.
func constant(node ast.Expr) (string, bool) {
	switch node := node.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(node.Value)
		return text, err == nil && node.Kind == token.STRING
	case *ast.BinaryExpr:
		left, leftOK := constant(node.X)
		right, rightOK := constant(node.Y)
		switch {
		case node.Op != token.ADD || !leftOK && !rightOK:
			return "", false
		case !leftOK:
			return "…" + right, true
		case !rightOK:
			return left + "…", true
		}
		return left + right, true
	default:
		return "", false
	}
}
