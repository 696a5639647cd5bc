import { graphql, type ResultOf } from "@/api/graphql.ts";
import { WatchRowFields } from "../list/WatchRowFields.ts";

/** What the form begins with, and what it saves against. */
export const WatchFormFields = graphql(`
  fragment WatchFormFields on Watch @_unmask {
    id
    version
    status
    firstName
    middleName
    lastName
    dateOfBirth
    city
    state
    caseNumber
    caseType
    assignedTo
    dateOfInterest
    priorityLevel
    internalNotes
    tags
    clioLink { state }
    syncedFields { field value clio origin editedAt }
  }
`);

/** A watch in the form. */
export type WatchInForm = ResultOf<typeof WatchFormFields>;

export const EditWatchQuery = graphql(
  `
    query EditWatch($id: ID!) {
      watch(id: $id) { id ...WatchFormFields }
      syncSettings { id conflictResolution }
    }
  `,
  [WatchFormFields],
);

/** Names and tags that the firm uses already. */
export const SuggestionsQuery = graphql(`
  query Suggestions {
    watchFacets {
      assignedTo { value }
      tags { value }
    }
  }
`);

export const CreateWatch = graphql(
  `
    mutation CreateWatch($input: CreateWatchInput!) {
      createWatch(input: $input) {
        watch { id ...WatchFormFields ...WatchRowFields }
        userErrors { code message path retryAt }
      }
    }
  `,
  [WatchFormFields, WatchRowFields],
);

export const UpdateWatch = graphql(
  `
    mutation UpdateWatch($id: ID!, $input: UpdateWatchInput!, $ifVersion: String) {
      updateWatch(id: $id, input: $input, ifVersion: $ifVersion) {
        watch { id ...WatchFormFields ...WatchRowFields }
        userErrors { code message path retryAt }
      }
    }
  `,
  [WatchFormFields, WatchRowFields],
);
