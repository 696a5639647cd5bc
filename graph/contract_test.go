package graph_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"watchkeeper/graph/exec"
)

// The served schema may add to the contract, and never rename, drop or narrow.
func TestServedSchemaKeepsTheContract(t *testing.T) {
	text, err := os.ReadFile("testdata/contract.graphqls")
	require.NoError(t, err)
	contract, err := gqlparser.LoadSchema(&ast.Source{Name: "contract.graphqls", Input: string(text)})
	require.NoError(t, err)
	require.Empty(t, differences(contract, servedSchema()))
}

// The copy is the contract: CI has the original beside the checkout.
func TestContractCopyIsTheContract(t *testing.T) {
	original, err := os.ReadFile(filepath.Join("..", "..", "shared", "contract.graphqls"))
	if os.IsNotExist(err) {
		require.Empty(t, os.Getenv("CI"), "CI has the contract beside the checkout")
		t.Skip("the contract isn't beside the checkout: its copy can't be compared")
	}
	require.NoError(t, err)
	held, err := os.ReadFile("testdata/contract.graphqls")
	require.NoError(t, err)
	require.Equal(t, string(original), string(held), "copy the contract to graph/testdata")
}

// The schema describes everything: what is returned, in which units, and which error when.
func TestEverythingServedIsDescribed(t *testing.T) {
	require.NotEmpty(t, servedSchema().Description)
	for name, definition := range servedSchema().Types {
		if definition.BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		require.NotEmpty(t, definition.Description, name)
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			require.NotEmpty(t, field.Description, "%s.%s", name, field.Name)
			for _, argument := range field.Arguments {
				require.NotEmpty(t, argument.Description, "%s.%s(%s:)", name, field.Name, argument.Name)
			}
		}
		for _, value := range definition.EnumValues {
			require.NotEmpty(t, value.Description, "%s.%s", name, value.Name)
		}
	}
}

// Fields that are the same everywhere have the same description everywhere.
func TestFixedDescriptions(t *testing.T) {
	fixed := map[string]string{}
	for name, definition := range servedSchema().Types {
		for _, field := range definition.Fields {
			shared := slices.Contains([]string{"nodes", "edges", "cursor", "pageInfo", "userErrors", "query"}, field.Name)
			if !shared || name == "Query" {
				continue
			}
			if first, ok := fixed[field.Name]; ok {
				require.Equal(t, first, field.Description, "%s.%s", name, field.Name)
			}
			fixed[field.Name] = field.Description
		}
	}
	require.Len(t, fixed, 6)
}

// Payloads and Booleans are described as in other APIs, and odd words don't come back.
func TestDescriptionsAreWordedAlike(t *testing.T) {
	odd := regexp.MustCompile(`(?i)\b(whom|stands?|told|tells?|foretells?|looked at|what came of|what became of|broken off)\b`)
	for name, definition := range servedSchema().Types {
		if definition.BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		if mutation, ok := strings.CutSuffix(name, "Payload"); ok {
			require.Equal(t, "Payload of "+strings.ToLower(mutation[:1])+mutation[1:]+".", definition.Description)
		}
		require.NotRegexp(t, odd, definition.Description, name)
		for _, field := range definition.Fields {
			require.NotRegexp(t, odd, field.Description, "%s.%s", name, field.Name)
			if definition.Kind == ast.Object && field.Type.Name() == "Boolean" {
				require.Regexp(t, "^Whether ", field.Description, "%s.%s", name, field.Name)
			}
			for _, argument := range field.Arguments {
				require.NotRegexp(t, odd, argument.Description, "%s.%s(%s:)", name, field.Name, argument.Name)
			}
		}
		for _, value := range definition.EnumValues {
			require.NotRegexp(t, odd, value.Description, "%s.%s", name, value.Name)
		}
	}
}

func servedSchema() *ast.Schema {
	return exec.NewExecutableSchema(exec.Config{}).Schema()
}

// differences returns what the contract has and the served schema lacks or has in another form, sorted.
func differences(contract, served *ast.Schema) []string {
	var found []string
	for name, want := range contract.Types {
		if want.BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		have := served.Types[name]
		if have == nil || have.Kind != want.Kind || specifiedBy(have) != specifiedBy(want) {
			found = append(found, name)
			continue
		}
		found = append(found, differentMembers(name, want, have)...)
	}
	slices.Sort(found)
	return found
}

// specifiedBy is the address of a scalar's specification; empty without one.
func specifiedBy(definition *ast.Definition) string {
	if directive := definition.Directives.ForName("specifiedBy"); directive != nil {
		return directive.Arguments.ForName("url").Value.Raw
	}
	return ""
}

func differentMembers(name string, want, have *ast.Definition) []string {
	var found []string
	for _, implemented := range want.Interfaces {
		if !slices.Contains(have.Interfaces, implemented) {
			found = append(found, name+" implements "+implemented)
		}
	}
	for _, value := range want.EnumValues {
		if have.EnumValues.ForName(value.Name) == nil {
			found = append(found, name+"."+value.Name)
		}
	}
	for _, field := range have.Fields {
		if have.Kind == ast.InputObject && field.Type.NonNull && want.Fields.ForName(field.Name) == nil {
			found = append(found, name+"."+field.Name+" is required")
		}
	}
	for _, field := range want.Fields {
		if strings.HasPrefix(field.Name, "__") {
			continue
		}
		other := have.Fields.ForName(field.Name)
		if other == nil || other.Type.String() != field.Type.String() {
			found = append(found, name+"."+field.Name)
			continue
		}
		for _, argument := range field.Arguments {
			if !sameArgument(argument, other.Arguments.ForName(argument.Name)) {
				found = append(found, name+"."+field.Name+"("+argument.Name+":)")
			}
		}
		for _, argument := range other.Arguments {
			required := argument.Type.NonNull && argument.DefaultValue == nil
			if required && field.Arguments.ForName(argument.Name) == nil {
				found = append(found, name+"."+field.Name+"("+argument.Name+":) is required")
			}
		}
	}
	return found
}

func sameArgument(want, have *ast.ArgumentDefinition) bool {
	return have != nil && want.Type.String() == have.Type.String() && want.DefaultValue.String() == have.DefaultValue.String()
}
