import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./schema.d.ts";

/** Makes typed documents: `graphql("query …", [fragments])`. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Date: string; DateTime: string; ID: string };
}>();

export { type FragmentOf, type ResultOf, readFragment, type VariablesOf } from "gql.tada";
