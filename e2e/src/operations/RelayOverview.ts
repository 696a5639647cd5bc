import { graphql } from "relay-runtime";

// What src/operations/overview.ts has, for Relay.

export const overview = graphql`
  query RelayOverviewQuery {
    ...RelayOverview_fields @relay(mask: false)
  }
`;

export const overviewFields = graphql`
  fragment RelayOverview_fields on Query {
    watches(first: 20) @connection(key: "RelayOverview_watches") {
      totalCount
      edges { cursor node { id lastName city status version conflicts { id local clio } clioLink { matterId state } } }
    }
    syncConflicts(first: 20) @connection(key: "RelayOverview_syncConflicts") {
      totalCount
      edges { cursor node { id field local clio } }
    }
    syncStatus { id linkedWatches missingWatches openConflicts watchesWithConflicts }
    watchFacets { assignedTo { value count } tags { value count } }
    syncSettings { id conflictResolution }
  }
`;

export const importMatters = graphql`
  mutation RelayOverviewImportMutation($matterIds: [ID!]!) {
    payload: importMatters(matterIds: $matterIds) { results { matterId outcome watch { id } } userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;

export const createWatch = graphql`
  mutation RelayOverviewCreateMutation($input: CreateWatchInput!) {
    payload: createWatch(input: $input) { watch { id } userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;

export const updateWatch = graphql`
  mutation RelayOverviewUpdateMutation($id: ID!, $input: UpdateWatchInput!) {
    payload: updateWatch(id: $id, input: $input) { watch { id } userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;

export const archiveWatch = graphql`
  mutation RelayOverviewArchiveMutation($id: ID!) {
    payload: archiveWatch(id: $id) { watch { id status } userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;

export const unarchiveWatch = graphql`
  mutation RelayOverviewUnarchiveMutation($id: ID!) {
    payload: unarchiveWatch(id: $id) { watch { id status } userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;

export const unlinkWatch = graphql`
  mutation RelayOverviewUnlinkMutation($id: ID!) {
    payload: unlinkWatch(id: $id) { watch { id } userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;

export const deleteWatch = graphql`
  mutation RelayOverviewDeleteMutation($id: ID!) {
    payload: deleteWatch(id: $id) { deletedId userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;

export const syncWatch = graphql`
  mutation RelayOverviewSyncMutation($id: ID!) {
    payload: syncWatch(id: $id) { run { id } result { id outcome } userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;

export const resolveSyncConflicts = graphql`
  mutation RelayOverviewResolveMutation($ids: [ID!]!) {
    payload: resolveSyncConflicts(ids: $ids, resolution: CLIO) { resolvedIds userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;

export const undoSyncRun = graphql`
  mutation RelayOverviewUndoMutation($id: ID!, $watchId: ID) {
    payload: undoSyncRun(id: $id, watchId: $watchId) { fields { field outcome } userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;

export const updateSyncSettings = graphql`
  mutation RelayOverviewSettingsMutation($input: UpdateSyncSettingsInput!) {
    payload: updateSyncSettings(input: $input) { syncSettings { id } userErrors { code message } query { ...RelayOverview_fields @relay(mask: false) } }
  }
`;
