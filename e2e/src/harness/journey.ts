import assert from "node:assert/strict";

import type { TypedDocumentNode } from "@graphql-typed-document-node/core";

import { useFragment as unmask } from "../generated/typed";
import * as operations from "../operations/operations";
import { administrator, type Server } from "./server";

/** A GraphQL client, reduced to what the journey needs. */
export interface Client {
  /** Runs a query or a mutation, and fails if the response has errors. A query asks the server, not the cache. */
  run<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data>;
  /** Follows a subscription until the server completes it, and returns everything that came. */
  follow<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data[]>;
  /** Whether its cache adds each page of a connection to those before, as one list. */
  mergesPages?: boolean;
}

/** The matters that the journey imports: those of the sandbox's seed that are about people. */
const matterIds = ["1001", "1002", "1003", "1004", "1005", "1006", "1007", "1008"];

/** Signs in, and returns the session's bearer token. */
export async function signIn(client: Client): Promise<string> {
  const { signIn: payload } = await client.run(operations.signIn, { input: administrator });
  assert.deepEqual(payload?.userErrors, []);
  assert.equal(payload?.viewer?.user.name, "Ada Byron");
  return payload!.token!;
}

/** Pages through the matters in Clio, and imports those of the journey. Returns the ids of the watches, by matter. */
export async function importMatters(client: Client): Promise<Map<string, string>> {
  const browsed = await pages(client, async (after) => {
    const { clioMatters } = await client.run(operations.matters, { first: 4, after });
    return clioMatters!;
  }, 2);
  assert.deepEqual(browsed.map((matter) => matter.matterId), matterIds);

  const { importMatters: payload } = await client.run(operations.importMatters, { matterIds });
  assert.deepEqual(payload?.userErrors, []);
  assert.deepEqual(new Set(payload?.results.map((result) => result.outcome)), new Set(["IMPORTED"]));
  return new Map(payload!.results.map((result) => [result.matterId, unmask(operations.watchFields, result.watch)!.id]));
}

/** A client of the firm moves, and a user syncs the watch. */
export async function syncWatch(client: Client, server: Server, id: string): Promise<void> {
  await server.clio.move(502, "Houston", "TX");
  const { syncWatch: payload } = await client.run(operations.syncWatch, { id });
  assert.deepEqual(payload?.userErrors, []);
  assert.equal(unmask(operations.watchFields, payload?.watch)?.city, "Houston");
  const city = payload?.result?.fields.find((result) => result.field === "CITY");
  assert.deepEqual(
    { ...city, __typename: undefined },
    { field: "CITY", decision: "UPDATED", before: "Dallas", clio: "Houston", after: "Houston", __typename: undefined },
  );
}

/** A client of the firm moves, a user syncs all watches, follows the run to its end, and pages through its results. */
export async function syncAllWatches(client: Client, server: Server): Promise<void> {
  await server.clio.move(503, "Orlando", "FL");
  await server.clio.fail({ fault: "slow", seconds: 0.3 }); // so that there is progress to be seen
  const { syncAllWatches: payload } = await client.run(operations.syncAllWatches, {});
  assert.deepEqual(payload?.userErrors, []);
  const id = payload!.run!.id;

  const states = (await client.follow(operations.followRun, { id })).map(({ syncRun }) => syncRun);
  assert.ok(states.length >= 2, `progress: ${JSON.stringify(states)}`);
  assert.ok(["QUEUED", "RUNNING"].includes(states[0].status));
  const { status, counts } = states.at(-1)!;
  assert.equal(status, "SUCCEEDED");
  assert.deepEqual([counts.selected, counts.processed, counts.updated, counts.failed], [8, 8, 1, 0]);
  await server.clio.fail();

  const reported = await pages(client, async (after) => {
    const { syncRun } = await client.run(operations.results, { id, first: 3, after });
    return syncRun!.results;
  });
  assert.equal(reported.length, 8);
  const moved = reported.filter((result) => result.outcome === "UPDATED").map(({ watch }) => unmask(operations.watchFields, watch));
  assert.deepEqual(moved.map((watch) => [watch?.lastName, watch?.city]), [["O'Brien", "Orlando"]]);
}

/** Pages through all watches. */
export async function listWatches(client: Client): Promise<void> {
  const listed = await pages(client, async (after) => {
    const { watches } = await client.run(operations.watches, { first: 3, after });
    assert.equal(watches?.totalCount, 8);
    return watches!;
  });
  const names = listed.map((watch) => unmask(operations.watchFields, watch).lastName);
  assert.deepEqual(names, ["Côté", "Hale", "Kowalski", "Lindqvist", "Nguyen", "O'Brien", "Peña", "Rivera"]);
}

interface Connection<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Pages through a connection, by the cursors of Relay's specification, and returns all nodes. */
async function pages<Node>(
  client: Client,
  ask: (after: string | null) => Promise<Connection<Node>>,
  most = Infinity,
): Promise<Node[]> {
  let nodes: Node[] = [];
  let after: string | null = null;
  for (let page = 0; page < most; page++) {
    const { edges, pageInfo }: Connection<Node> = await ask(after);
    assert.equal(pageInfo.endCursor, edges.at(-1)?.cursor ?? null);
    const listed = edges.map((edge) => edge.node);
    nodes = client.mergesPages ? listed : [...nodes, ...listed];
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return nodes;
}
