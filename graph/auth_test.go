package graph_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
	"go.opentelemetry.io/otel/trace/noop"

	"watchkeeper/graph"
	"watchkeeper/internal/httpd"
	"watchkeeper/internal/metrics"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// public are the root fields that need nobody to be signed in.
var public = []string{"Query.signUpAllowed", "Query.viewer", "Mutation.signUp", "Mutation.signIn", "Mutation.signOut",
	"Mutation.acceptInvitation", "Mutation.resetPassword"}

// rootField is a field of Query, Mutation or Subscription.
type rootField struct {
	*ast.FieldDefinition
	operation ast.Operation
	name      string // with its type
	role      string // that @auth asks for; empty without @auth
	access    string // that @auth asks of an API token; empty where no token suffices, and without @auth
}

// rootFields returns all of them, sorted.
func rootFields() []rootField {
	schema := servedSchema()
	var fields []rootField
	for operation, root := range map[ast.Operation]*ast.Definition{
		ast.Query: schema.Query, ast.Mutation: schema.Mutation, ast.Subscription: schema.Subscription,
	} {
		for _, field := range root.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			each := rootField{FieldDefinition: field, operation: operation, name: root.Name + "." + field.Name}
			if directive := field.Directives.ForName("auth"); directive != nil {
				each.role = directive.ArgumentMap(nil)["role"].(string)
				each.access, _ = directive.ArgumentMap(nil)["access"].(string)
			}
			fields = append(fields, each)
		}
	}
	slices.SortFunc(fields, func(a, b rootField) int { return strings.Compare(a.name, b.name) })
	return fields
}

// document is an operation with this field alone, and only the arguments that it requires.
func (f rootField) document() string {
	schema := servedSchema()
	var arguments []string
	for _, argument := range f.Arguments {
		if argument.Type.NonNull && argument.DefaultValue == nil {
			arguments = append(arguments, argument.Name+": "+literal(schema, argument.Type))
		}
	}
	text := f.Name
	if len(arguments) > 0 {
		text += "(" + strings.Join(arguments, ", ") + ")"
	}
	if schema.Types[f.Type.Name()].IsCompositeType() {
		text += " { __typename }"
	}
	return fmt.Sprintf("%s { %s }", f.operation, text)
}

// literal returns a valid value of the type.
func literal(schema *ast.Schema, of *ast.Type) string {
	if of.Elem != nil {
		return "[" + literal(schema, of.Elem) + "]"
	}
	definition := schema.Types[of.NamedType]
	switch definition.Kind {
	case ast.Enum:
		return definition.EnumValues[0].Name
	case ast.InputObject:
		var fields []string
		for _, field := range definition.Fields {
			if field.Type.NonNull && field.DefaultValue == nil {
				fields = append(fields, field.Name+": "+literal(schema, field.Type))
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	default:
		values := map[string]string{"Boolean": "true", "Int": "1", "Date": `"2000-01-01"`, "DateTime": `"2000-01-01T00:00:00Z"`}
		if value, ok := values[of.NamedType]; ok {
			return value
		}
		return `"nothing"`
	}
}

// refusal returns the code with which the server refuses p the field; empty when it doesn't, whatever the field then returns.
func (p *person) refusal(field rootField) string {
	p.t.Helper()
	var a answer
	if field.operation == ast.Subscription {
		a, _ = p.overEvents(field.document(), nil).next()
	} else {
		a = p.try(field.document())
	}
	if len(a.Errors) > 0 && slices.Contains([]string{"UNAUTHENTICATED", "FORBIDDEN"}, a.code()) {
		require.Equal(p.t, []any{field.Name}, a.Errors[0].Path)
		require.Empty(p.t, a.at(field.Name), "a refusal has no data")
		return a.code()
	}
	require.NotContains(p.t, []string{"GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "INTERNAL"}, firstCode(a), field.document())
	return ""
}

func firstCode(a answer) string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.code()
}

// member is somebody else in p's firm, who isn't an administrator.
func (p *person) member(name string) *person {
	member := p.signUp(name)
	_, err := p.db.Pool().Exec(pgtest.AcrossFirms(p.t.Context()), `UPDATE users SET role = 'MEMBER',
		firm_id = (SELECT firm_id FROM users WHERE email = $1) WHERE email = $2`, p.email, member.email)
	require.NoError(p.t, err)
	return member
}

// A field without @auth has to be listed above as public, and the description of one for administrators says so too.
func TestEveryRootFieldSaysWhoMayUseIt(t *testing.T) {
	var open []string
	for _, field := range rootFields() {
		if field.role == "" {
			open = append(open, field.name)
		}
		require.Equal(t, field.role == "ADMIN", strings.Contains(field.Description, "For administrators."), field.name)
	}
	require.ElementsMatch(t, public, open, "a field without @auth is public: is that meant?")
}

// withSession are the root fields that no API token may use: they let people or programs in, or keep them out.
var withSession = []string{"Mutation.changePassword", "Mutation.changeMemberRole", "Mutation.createApiToken", "Mutation.createPasswordReset",
	"Mutation.inviteMember"}

// Whatever is read takes a token that reads; what a sync needs is listed here.
func TestEveryRootFieldSaysWhichTokensMayUseIt(t *testing.T) {
	for _, field := range rootFields() {
		want := "FULL"
		switch {
		case field.role == "" || slices.Contains(withSession, field.name):
			want = ""
		case field.operation != ast.Mutation:
			want = "READ"
		case slices.Contains([]string{"Mutation.syncWatch", "Mutation.syncAllWatches", "Mutation.cancelSyncRun"}, field.name):
			want = "SYNC"
		}
		require.Equal(t, want, field.access, field.name)
	}
}

// caller is somebody who sends an operation, with a role and an API token's access, or a session.
type caller struct {
	*person
	role, access string
}

// want is the code with which the caller is refused the field; empty when not.
func (c caller) want(field rootField) string {
	tokens := []string{"READ", "SYNC", "FULL"}
	switch {
	case field.role == "":
		return ""
	case c.role == "":
		return "UNAUTHENTICATED"
	case field.role == "ADMIN" && c.role != "ADMIN":
		return "FORBIDDEN"
	case c.access == "session":
		return ""
	case field.access == "" || slices.Index(tokens, c.access) < slices.Index(tokens, field.access):
		return "FORBIDDEN"
	default:
		return ""
	}
}

// The server does what @auth says, for every field, every kind of user and every kind of token.
func TestWhoMayDoWhat(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	bob, eve := ada.joined("bob", "MEMBER"), ada.joined("eve", "ADMIN")
	callers := []caller{{s.nobody(), "", ""}, {bob, "MEMBER", "session"}, {ada, "ADMIN", "session"}}
	for _, access := range []string{"READ", "SYNC", "FULL"} {
		callers = append(callers, caller{ada.apiToken(access), "ADMIN", access}, caller{eve.apiToken(access), "MEMBER", access})
	}
	ada.ask(changeRole, vars{"id": eve.userID(), "role": "MEMBER"}) // her tokens may no more than she
	for _, field := range rootFields() {
		if field.name == "Mutation.signOut" {
			continue // it would end the sessions: below
		}
		for _, c := range callers {
			require.Equal(t, c.want(field), c.refusal(field), "%s for %q with %q", field.name, c.role, c.access)
		}
	}
	for _, c := range callers {
		c.ask(`mutation { signOut { userErrors { code } } }`)
		require.Equal(t, c.access != "session" && c.role != "", c.isSignedIn(), "a token has no session that could end")
	}
}

func TestRefusalsAreWords(t *testing.T) {
	s := newStage(t)
	a := s.nobody().try(`mutation { disconnectClio { userErrors { code } } }`)
	require.Equal(t, "Sign in first.", a.Errors[0].Message)
	a = s.signUp("ada").member("bob").try(`mutation { disconnectClio { userErrors { code } } }`)
	require.Equal(t, "Only administrators may do this.", a.Errors[0].Message)
}

// Where @auth was forgotten, a field still shows nothing to somebody who isn't signed in: it fails before it calls any service.
func TestAForgottenDirectiveShowsNothing(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	resolver := &graph.Resolver{Limits: postgres.NewRateLimits(pgtest.Open(t)), Clock: clockwork.NewRealClock()}
	server := httptest.NewServer(graph.NewUnguardedHandler(resolver, graph.Options{
		Logger: slog.New(slog.NewTextHandler(&log, nil)), RequestID: httpd.RequestID, Observer: metrics.New(), Tracer: noop.Tracer{},
	}))
	defer server.Close()
	for _, field := range rootFields() {
		if field.role == "" {
			continue
		}
		log.Reset()
		accept := "application/json"
		if field.operation == ast.Subscription {
			accept = "text/event-stream"
		}
		got := post(t, server.URL, field.document(), accept)
		require.Contains(t, got, `"INTERNAL"`, field.name)
		require.NotContains(t, got, "nobody is signed in", field.name)
		require.Contains(t, log.String(), "nobody is signed in, and the field has no @auth", field.name)
	}
}

// post returns the body of the server's response.
func post(t *testing.T, address, document, accept string) string {
	t.Helper()
	body := fmt.Sprintf(`{"query": %q}`, document)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", accept)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer func() { require.NoError(t, response.Body.Close()) }()
	var text bytes.Buffer
	_, err = text.ReadFrom(response.Body)
	require.NoError(t, err)
	return text.String()
}
