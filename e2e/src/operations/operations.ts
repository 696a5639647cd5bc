import { graphql } from "../generated/typed";

// What a front end asks. The operations carry the types that graphql-codegen's client preset makes of the schema.

export const signIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) { viewer { id user { id name role } firm { id name } } token userErrors { code message path } }
  }
`);

export const viewer = graphql(`
  query Viewer {
    viewer { id user { id name } }
  }
`);

export const matters = graphql(`
  query Matters($first: Int!, $after: String) {
    clioMatters(first: $first, after: $after) {
      edges { cursor node { id matterId clientName importable watch { id } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const watchFields = graphql(`
  fragment WatchFields on Watch { id firstName lastName city state caseType dateOfBirth version clioLink { matterId state } }
`);

export const importMatters = graphql(`
  mutation Import($matterIds: [ID!]!) {
    importMatters(matterIds: $matterIds) {
      results { matterId outcome message watch { ...WatchFields } }
      userErrors { code message path }
    }
  }
`);

export const watches = graphql(`
  query Watches($first: Int!, $after: String) {
    watches(first: $first, after: $after) {
      edges { cursor node { ...WatchFields } }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
`);

export const syncWatch = graphql(`
  mutation SyncWatch($id: ID!) {
    syncWatch(id: $id) {
      watch { ...WatchFields }
      result { id outcome fields { field decision before clio after } }
      userErrors { code message path }
    }
  }
`);

export const syncAllWatches = graphql(`
  mutation SyncAllWatches {
    syncAllWatches { run { id status } alreadyRunning userErrors { code message path } }
  }
`);

export const followRun = graphql(`
  subscription FollowRun($id: ID!) {
    syncRun(id: $id) { id status counts { selected processed updated failed } finishedAt }
  }
`);

export const results = graphql(`
  query Results($id: ID!, $first: Int!, $after: String) {
    syncRun(id: $id) {
      id
      results(first: $first, after: $after) {
        edges { cursor node { id outcome watch { ...WatchFields } } }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }
`);
