// Starts GraphiQL on this server's API. It asks with the session's cookie, which signUp and signIn set.
const welcome = `# Watchkeeper's API, to be tried.
#
# A new server: put the cursor into signUp,
# make it yours and press Ctrl-Enter.
# A server with firms: use signIn instead.
#
# You stay signed in on this page, by cookie:
# now start tells who you are.
#
# Ctrl-Space completes. The book at the top left
# describes everything there is.

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
