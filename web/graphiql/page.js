// Starts GraphiQL with this server's API. Requests use the session cookie, which signUp and signIn set.
const welcome = `# Try Watchkeeper's API here.
#
# On a new server, put the cursor into signUp,
# enter your own values and press Ctrl-Enter.
# If your firm has an account, use signIn.
#
# A cookie keeps you signed in on this page.
# Run start to see who is signed in.
#
# Ctrl-Space completes names. The book icon at
# the top left opens the documentation.

mutation signUp {
  signUp(input: {
    firmName: "Doe & Partners"
    name: "Jane Doe"
    email: "jane@example.com"
    password: "at least eight characters"
  }) {
    viewer { user { name role } firm { name } }
    userErrors { code message path }
  }
}

mutation signIn {
  signIn(input: { email: "jane@example.com", password: "at least eight characters" }) {
    viewer { user { name role } firm { name } }
    userErrors { code message path }
  }
}

query start {
  signUpAllowed
  viewer { user { name email role } firm { name } }
}

subscription status {
  syncStatus {
    linkedWatches openConflicts
    currentRun { status counts { selected processed } }
    clioIntegration { state problem }
  }
}
`;

const fetcher = GraphiQL.createFetcher({
  url: "/graphql",
  subscriptionUrl: location.origin.replace(/^http/, "ws") + "/graphql",
  fetch: (input, init) => fetch(input, { ...init, credentials: "same-origin" }),
});

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: welcome,
    query: new URLSearchParams(location.search).get("query") ?? undefined,
    defaultEditorToolsVisibility: true,
  }),
);
