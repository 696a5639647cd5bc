import { graphql } from "relay-runtime";

// What a front end with Relay asks. relay-compiler makes an artifact of each, which babel-plugin-relay puts in its place.

export const signIn = graphql`
  mutation RelaySignInMutation($input: SignInInput!) {
    signIn(input: $input) { viewer { id user { name } } token userErrors { code message } }
  }
`;

export const watchFragment = graphql`
  fragment Relay_watch on Watch @refetchable(queryName: "RelayWatchRefetchQuery") {
    id lastName city clioLink { matterId state }
  }
`;

export const importMatters = graphql`
  mutation RelayImportMutation($matterIds: [ID!]!) {
    importMatters(matterIds: $matterIds) {
      results { matterId outcome watch { id ...Relay_watch } }
      userErrors { code message }
    }
  }
`;

export const syncWatch = graphql`
  mutation RelaySyncWatchMutation($id: ID!) {
    syncWatch(id: $id) { watch { ...Relay_watch } result { outcome } userErrors { code message } }
  }
`;

export const watches = graphql`
  query RelayWatchesQuery {
    ...Relay_watches
  }
`;

export const watchesFragment = graphql`
  fragment Relay_watches on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" })
  @refetchable(queryName: "RelayMoreWatchesQuery") {
    watches(first: $count, after: $cursor) @connection(key: "Relay_watches") {
      totalCount
      edges { node { id ...Relay_watch } }
    }
  }
`;

export const matters = graphql`
  query RelayMattersQuery {
    ...Relay_matters
  }
`;

export const mattersFragment = graphql`
  fragment Relay_matters on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 4 }, cursor: { type: "String" })
  @refetchable(queryName: "RelayMoreMattersQuery") {
    clioMatters(first: $count, after: $cursor) @connection(key: "Relay_clioMatters") {
      edges { node { id matterId clientName } }
    }
  }
`;

export const syncAllWatches = graphql`
  mutation RelaySyncAllMutation {
    syncAllWatches { run { id status } userErrors { code message } }
  }
`;

export const followRun = graphql`
  subscription RelayFollowRunSubscription($id: ID!) {
    syncRun(id: $id) { id status counts { processed updated } }
  }
`;

export const results = graphql`
  query RelayResultsQuery($id: ID!) {
    syncRun(id: $id) { ...Relay_results }
  }
`;

export const resultsFragment = graphql`
  fragment Relay_results on SyncRun
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" })
  @refetchable(queryName: "RelayMoreResultsQuery") {
    results(first: $count, after: $cursor) @connection(key: "Relay_results") {
      edges { node { id outcome watch { ...Relay_watch } } }
    }
  }
`;
