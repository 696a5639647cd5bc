package demo

import (
	"context"
	"fmt"
	"strings"
)

// query is an operation to paste.
type query struct {
	about string
	text  string
	shows string // what its answer has to hold
}

// signInText is the login as an operation to paste.
const signInText = `mutation { signIn(input: {email: "` + email + `", password: "` + password + `"}) { viewer { user { name } } } }`

// pasteable are the three queries, for the watches of this installation, and the sync that comes after them.
func (t *tour) pasteable() []query {
	return []query{{
		about: "All watches, and how they stand with Clio",
		text:  `{ watches { nodes { id firstName lastName city state clioLink { state matterStatus newClientName } } } }`,
		shows: "CLIENT_CHANGED",
	}, {
		about: "The nine fields of Maeve O'Brien's watch, and whose value each holds",
		text:  fmt.Sprintf(`{ watch(id: %q) { firstName syncedFields { field value clio origin } } }`, t.before["1003"].ID),
		shows: "Delray Beach",
	}, {
		about: "Matters in Clio that can still be imported",
		text:  `{ clioMatters(first: 20, filter: {imported: false}) { nodes { matterId clientName importable } } }`,
		shows: "Dorothy Kowalski",
	}, {
		about: "The sync of Robert Hale's watch",
		text: fmt.Sprintf(`mutation { syncWatch(id: %q) { result { fields { field decision clio after } } } }`,
			t.before["1002"].ID),
		shows: "Texaz",
	}}
}

// tryQueries signs in as a newcomer does, and carries out what is offered to be pasted, word for word.
func (t *tour) tryQueries(ctx context.Context) (string, error) {
	t.queries = t.pasteable()
	newcomer, err := newAPI(t.server)
	if err != nil {
		return "", err
	}
	if err := newcomer.try(ctx, query{"Sign in", signInText, person}); err != nil {
		return "", err
	}
	for _, q := range t.queries {
		if err := newcomer.try(ctx, q); err != nil {
			return "", err
		}
	}
	return "each was carried out as it stands", nil
}

func (a *api) try(ctx context.Context, q query) error {
	data, err := a.run(ctx, q.text, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", q.about, err)
	}
	if !strings.Contains(string(data), q.shows) {
		return fmt.Errorf("%s: expected an answer with %s, but %s came", q.about, q.shows, data)
	}
	return nil
}

// showWayOn tells how anyone can do the same.
func (t *tour) showWayOn(options Options) {
	last := len(t.queries) - 1
	t.out.printf("\nAddress  %s/graphql in a browser\nLogin    %s, password %s\n", options.Server, email, password)
	t.out.printf("\nTo sign in there, paste this; it sets the cookie\n  %s\n", signInText)
	t.out.printf("\nThree queries to paste\n")
	for i, q := range t.queries[:last] {
		t.out.printf("  %d. %s\n     %s\n", i+1, q.about, q.text)
	}
	t.out.printf("\nThe same by hand: change something in Clio, from a shell\n")
	t.out.printf("  curl -X PATCH %s/sandbox/contacts/502 \\\n", options.Clio)
	t.out.printf("    -d '{\"primary_address\": {\"city\": \"Houston\", \"province\": \"TX\"}}'\n")
	t.out.printf("and paste the sync of Robert Hale's watch\n  %s\n", t.queries[last].text)
	if options.ServingOn {
		t.out.printf("\nServing at %s — Ctrl-C stops everything and removes the demo's data.\n", options.Server)
	} else {
		t.out.printf("\nWith --once everything ends here; without it the server goes on, and all of this can be tried.\n")
	}
}
