import { graphql } from "@/api/graphql.ts";
import { WatchPageFields } from "./watchFields.ts";

// What this page changes. Each answer has the whole page's fields, so that the page shows what the answer says.

export const SyncWatch = graphql(
  `
    mutation SyncWatch($id: ID!, $dryRun: Boolean!) {
      syncWatch(id: $id, dryRun: $dryRun) {
        watch { ...WatchPageFields }
        run { id scope canUndo finishedAt conflictResolution }
        result {
          id
          outcome
          identityChanged
          message
          fields { field decision reason before clio after }
        }
        userErrors { code message path retryAt }
      }
    }
  `,
  [WatchPageFields],
);

export const UndoSyncRun = graphql(
  `
    mutation UndoSync($id: ID!, $watchId: ID, $fields: [SyncedField!]) {
      undoSyncRun(id: $id, watchId: $watchId, fields: $fields) {
        run { id canUndo undoneAt undoneBy { id name } }
        fields { field outcome watch { ...WatchPageFields } }
        userErrors { code message path }
      }
    }
  `,
  [WatchPageFields],
);

export const TakeClioValues = graphql(
  `
    mutation TakeClioValues($id: ID!, $fields: [SyncedField!]!) {
      takeClioValues(watchId: $id, fields: $fields) {
        watch { version ...WatchPageFields }
        userErrors { code message path }
      }
    }
  `,
  [WatchPageFields],
);

export const PutBackValue = graphql(
  `
    mutation PutBackValue($id: ID!, $input: UpdateWatchInput!, $ifVersion: String) {
      updateWatch(id: $id, input: $input, ifVersion: $ifVersion) {
        watch { ...WatchPageFields }
        userErrors { code message path }
      }
    }
  `,
  [WatchPageFields],
);

export const SettleConflict = graphql(
  `
    mutation SettleConflict($ids: [ID!]!, $resolution: ConflictChoice!) {
      resolveSyncConflicts(ids: $ids, resolution: $resolution) {
        resolvedIds
        watches { ...WatchPageFields }
        userErrors { code message path }
      }
    }
  `,
  [WatchPageFields],
);

export const ConfirmClient = graphql(
  `
    mutation ConfirmClient($id: ID!, $contactId: ID!) {
      confirmClioClient(watchId: $id, contactId: $contactId) {
        watch { ...WatchPageFields }
        userErrors { code message path }
      }
    }
  `,
  [WatchPageFields],
);

export const ArchiveWatch = graphql(
  `
    mutation ArchiveThisWatch($id: ID!) {
      archiveWatch(id: $id) {
        watch { ...WatchPageFields }
        userErrors { code message path }
      }
    }
  `,
  [WatchPageFields],
);

export const UnarchiveWatch = graphql(
  `
    mutation UnarchiveThisWatch($id: ID!) {
      unarchiveWatch(id: $id) {
        watch { ...WatchPageFields }
        userErrors { code message path }
      }
    }
  `,
  [WatchPageFields],
);

export const UnlinkWatch = graphql(
  `
    mutation UnlinkWatch($id: ID!) {
      unlinkWatch(id: $id) {
        watch { ...WatchPageFields }
        userErrors { code message path }
      }
    }
  `,
  [WatchPageFields],
);

export const DeleteWatch = graphql(`
  mutation DeleteWatch($id: ID!) {
    deleteWatch(id: $id) {
      deletedId
      userErrors { code message path }
    }
  }
`);
