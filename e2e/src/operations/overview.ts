import { graphql } from "../generated/typed";

// What a front end shows at a glance, and everything that changes it. Each mutation asks for the whole again, in its payload's query.

export const overview = graphql(`
  query Overview {
    ...OverviewFields
  }
`);

export const overviewFields = graphql(`
  fragment OverviewFields on Query {
    watches(first: 20) {
      totalCount
      edges { cursor node { id lastName city status version conflicts { id local clio } clioLink { matterId state } } }
      pageInfo { hasNextPage }
    }
    syncConflicts(first: 20) {
      totalCount
      edges { cursor node { id field local clio } }
      pageInfo { hasNextPage }
    }
    syncStatus { id linkedWatches missingWatches openConflicts watchesWithConflicts }
    watchFacets { assignedTo { value count } tags { value count } }
    syncSettings { id conflictResolution }
  }
`);

export const importMatters = graphql(`
  mutation OverviewImport($matterIds: [ID!]!) {
    payload: importMatters(matterIds: $matterIds) { results { matterId outcome watch { id } } userErrors { code message } query { ...OverviewFields } }
  }
`);

export const createWatch = graphql(`
  mutation OverviewCreate($input: CreateWatchInput!) {
    payload: createWatch(input: $input) { watch { id } userErrors { code message } query { ...OverviewFields } }
  }
`);

export const updateWatch = graphql(`
  mutation OverviewUpdate($id: ID!, $input: UpdateWatchInput!) {
    payload: updateWatch(id: $id, input: $input) { watch { id } userErrors { code message } query { ...OverviewFields } }
  }
`);

export const archiveWatch = graphql(`
  mutation OverviewArchive($id: ID!) {
    payload: archiveWatch(id: $id) { watch { id status } userErrors { code message } query { ...OverviewFields } }
  }
`);

export const unarchiveWatch = graphql(`
  mutation OverviewUnarchive($id: ID!) {
    payload: unarchiveWatch(id: $id) { watch { id status } userErrors { code message } query { ...OverviewFields } }
  }
`);

export const unlinkWatch = graphql(`
  mutation OverviewUnlink($id: ID!) {
    payload: unlinkWatch(id: $id) { watch { id } userErrors { code message } query { ...OverviewFields } }
  }
`);

export const deleteWatch = graphql(`
  mutation OverviewDelete($id: ID!) {
    payload: deleteWatch(id: $id) { deletedId userErrors { code message } query { ...OverviewFields } }
  }
`);

export const syncWatch = graphql(`
  mutation OverviewSync($id: ID!) {
    payload: syncWatch(id: $id) { run { id } result { id outcome } userErrors { code message } query { ...OverviewFields } }
  }
`);

export const resolveSyncConflicts = graphql(`
  mutation OverviewResolve($ids: [ID!]!) {
    payload: resolveSyncConflicts(ids: $ids, resolution: CLIO) { resolvedIds userErrors { code message } query { ...OverviewFields } }
  }
`);

export const undoSyncRun = graphql(`
  mutation OverviewUndo($id: ID!, $watchId: ID) {
    payload: undoSyncRun(id: $id, watchId: $watchId) { fields { field outcome } userErrors { code message } query { ...OverviewFields } }
  }
`);

export const updateSyncSettings = graphql(`
  mutation OverviewSettings($input: UpdateSyncSettingsInput!) {
    payload: updateSyncSettings(input: $input) { syncSettings { id } userErrors { code message } query { ...OverviewFields } }
  }
`);
