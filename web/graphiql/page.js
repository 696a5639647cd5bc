// Starts GraphiQL on this server's API. It asks with the session's cookie, which signUp and signIn set.
const welcome = `# Welcome to Watchkeeper's API.
#
# 1. On a new server, create your firm: put the cursor into signUp, press Ctrl-Enter.
#    On a server that has firms, use signIn.
# 2. Then see who you are, and what there is, with start. Nothing else has to be set:
#    this page keeps you signed in with a cookie.
#
# Ctrl-Space completes. The book at the top left has the description of everything.

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
`;

const address = new URL("/graphql", location.href);
const socket = new URL(address);
socket.protocol = address.protocol.replace("http", "ws");

const fetcher = GraphiQL.createFetcher({
  url: address.href,
  subscriptionUrl: socket.href,
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
