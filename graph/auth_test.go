package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
)

// public are the root fields that anybody may ask for: those of who isn't signed in yet. All others have @auth.
var public = []string{"Query.signUpAllowed", "Query.viewer", "Mutation.signUp", "Mutation.signIn", "Mutation.signOut"}

// Every field of Query, Mutation and Subscription answers to exactly those whom the schema's @auth lets ask for it: nobody, a member or an
// administrator. A field about which the schema says nothing, and which isn't public, fails.
func TestRootFieldsAnswerToWhomTheSchemaSays(t *testing.T) {
	s := newStage(t)
	admin := s.connected("ada")
	member := s.member(admin)
	schema := servedSchema()
	walked := 0
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation, schema.Subscription} {
		for _, field := range root.Fields {
			name := root.Name + "." + field.Name
			if strings.HasPrefix(field.Name, "__") || name == "Mutation.signOut" { // the others are still to ask
				continue
			}
			auth := field.Directives.ForName("auth")
			require.Equal(t, slices.Contains(public, name), auth == nil, "%s: who may ask for it?", name)
			operation := minimalOperation(schema, root, field)
			want := map[*person]string{s.nobody(): "", member: "", admin: ""}
			for asking := range want {
				switch {
				case auth == nil:
				case asking.token == "":
					want[asking] = "UNAUTHENTICATED"
				case asking == member && needsAdministrator(auth):
					want[asking] = "FORBIDDEN"
				}
				require.Equal(t, want[asking], asking.refusal(root, operation), "%s for %q", name, asking.email)
			}
			walked++
		}
	}
	require.Greater(t, walked, 30)
}

func needsAdministrator(auth *ast.Directive) bool {
	role := auth.Arguments.ForName("role")
	return role != nil && role.Value.Raw == "ADMIN"
}

// refusal is UNAUTHENTICATED or FORBIDDEN where the API answers so to who asks, else empty.
func (p *person) refusal(root *ast.Definition, operation string) string {
	p.t.Helper()
	var a answer
	if root.Name == "Subscription" {
		a, _ = p.overEvents(operation, nil).next()
	} else {
		a = p.try(operation)
	}
	if len(a.Errors) > 0 && slices.Contains([]string{"UNAUTHENTICATED", "FORBIDDEN"}, a.code()) {
		return a.code()
	}
	return ""
}

// minimalOperation asks for a root field with arguments that fit the schema, and mean nothing that there is.
func minimalOperation(schema *ast.Schema, root *ast.Definition, field *ast.FieldDefinition) string {
	var arguments []string
	for _, argument := range field.Arguments {
		if argument.Type.NonNull && argument.DefaultValue == nil {
			arguments = append(arguments, argument.Name+": "+minimalValue(schema, argument.Type))
		}
	}
	call := field.Name
	if len(arguments) > 0 {
		call += "(" + strings.Join(arguments, ", ") + ")"
	}
	if !schema.Types[field.Type.Name()].IsLeafType() {
		call += " { __typename }"
	}
	return fmt.Sprintf("%s { %s }", strings.ToLower(root.Name), call)
}

func minimalValue(schema *ast.Schema, kind *ast.Type) string {
	if kind.Elem != nil {
		return "[]"
	}
	switch definition := schema.Types[kind.Name()]; definition.Kind {
	case ast.Enum:
		return definition.EnumValues[0].Name
	case ast.InputObject:
		var fields []string
		for _, field := range definition.Fields {
			if field.Type.NonNull && field.DefaultValue == nil {
				fields = append(fields, field.Name+": "+minimalValue(schema, field.Type))
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	default:
		return map[string]string{
			"Boolean": "false", "Int": "1", "Date": `"2026-11-23"`, "DateTime": `"2026-11-23T12:00:00Z"`, "ID": `"x"`, "String": `"x"`,
		}[kind.Name()]
	}
}

// member is somebody else of the firm, who isn't an administrator.
func (s *stage) member(admin *person) *person {
	s.t.Helper()
	p := s.signUp("member-of-" + strings.TrimSuffix(admin.email, "@firm.example"))
	firm := admin.ask(`{ viewer { firm { id } } }`).text("viewer.firm.id")
	_, err := s.db.Pool().Exec(s.t.Context(), `UPDATE users SET firm_id = $1, role = 'MEMBER' WHERE email = $2`, firm, p.email)
	require.NoError(s.t, err)
	return p
}
