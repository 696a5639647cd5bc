package demo

import (
	"context"
	"fmt"
	"strings"
)

// query is an example for users to paste.
type query struct {
	title string
	text  string
	want  string // text that its result has to contain
}

// signInText is the example that signs in.
const signInText = `mutation { signIn(input: {email: "` + email + `", password: "` + password + `"}) { viewer { user { name } } } }`

// exampleQueries returns three queries for the watches of this installation, and last a sync.
func (t *tour) exampleQueries() []query {
	return []query{{
		title: "All watches and the state of their links to Clio",
		text:  `{ watches { nodes { id firstName lastName city state clioLink { state matterStatus newClientName } } } }`,
		want:  "CLIENT_CHANGED",
	}, {
		title: "The nine synced fields of Maeve O'Brien's watch, and where each value comes from",
		text:  fmt.Sprintf(`{ watch(id: %q) { firstName syncedFields { field value clio origin } } }`, t.before["1003"].ID),
		want:  "Delray Beach",
	}, {
		title: "Matters in Clio that are not imported yet",
		text:  `{ clioMatters(first: 100, filter: {imported: false}) { nodes { matterId clientName importable } } }`,
		want:  "Sunshine Holdings",
	}, {
		title: "A sync of Robert Hale's watch",
		text: fmt.Sprintf(`mutation { syncWatch(id: %q) { result { fields { field decision clio after } } } }`,
			t.before["1002"].ID),
		want: "Texaz",
	}}
}

// tryQueries signs in as a new client and runs the examples exactly as they are printed.
func (t *tour) tryQueries(ctx context.Context) (string, error) {
	t.queries = t.exampleQueries()
	client, err := newAPI(t.server)
	if err != nil {
		return "", err
	}
	if err := client.runQuery(ctx, query{"Sign in", signInText, person}); err != nil {
		return "", err
	}
	for _, q := range t.queries {
		if err := client.runQuery(ctx, q); err != nil {
			return "", err
		}
	}
	return "each was run exactly as shown", nil
}

func (a *api) runQuery(ctx context.Context, q query) error {
	data, err := a.execute(ctx, q.text, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", q.title, err)
	}
	if !strings.Contains(string(data), q.want) {
		return fmt.Errorf("%s: expected a result with %s, got %s", q.title, q.want, data)
	}
	return nil
}

// showInstructions prints how to try the examples and, last, where the console is and how to sign in.
func (t *tour) showInstructions(options Options) {
	last := len(t.queries) - 1
	t.out.printf("\nTo try the API, open %s/graphiql. Whoever isn't signed in yet begins with\n  %s\n", options.Server, signInText)
	t.out.printf("\nThree queries to try\n")
	for i, q := range t.queries[:last] {
		t.out.printf("  %d. %s\n     %s\n", i+1, q.title, q.text)
	}
	t.out.printf("\nTo change something in Clio yourself, run this in a shell\n")
	t.out.printf("  curl -X PATCH %s/sandbox/contacts/502 \\\n", options.Clio)
	t.out.printf("    -d '{\"primary_address\": {\"city\": \"Houston\", \"province\": \"TX\"}}'\n")
	t.out.printf("then sync Robert Hale's watch\n  %s\n", t.queries[last].text)
	if !options.KeepServing {
		t.out.printf("\nThe demo ends here because of --once. Without it, the server keeps running so that you can try all this.\n")
		return
	}
	t.out.printf("\nOpen %s in a browser\n  and sign in as %s, password %s\n  or, as a member who may do less, as %s, same password\n",
		options.Server, email, password, memberEmail)
	t.out.printf("Press Ctrl-C to stop the demo and delete its data.\n")
}
