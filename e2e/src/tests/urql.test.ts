import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Client as UrqlClient, fetchExchange, subscriptionExchange, type ClientOptions, type OperationResult } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { print, OperationTypeNode } from "graphql";
import { createClient } from "graphql-sse";

import { useFragment as unmask } from "../generated/typed";
import schema from "../generated/introspection.json";
import { fetchWithCookies } from "../harness/cookies";
import { importMatters, listWatches, signIn, syncAllWatches, syncWatch, type Client } from "../harness/journey";
import { Server } from "../harness/server";
import * as operations from "../operations/operations";

let server: Server;

before(async () => {
  server = await Server.start();
});
after(() => server.stop());

/** The types without an id of their own, which are kept in what they belong to. */
const keys = Object.fromEntries(
  schema.__schema.types
    .filter((type) => type.kind === "OBJECT" && !type.fields?.some((field) => field.name === "id"))
    .map((type) => [type.name, () => null]),
);

/** An urql client with its normalised cache, signed in by the cookie. */
function urqlClient(fetchFn: typeof fetch, more: Partial<ClientOptions> & Pick<ClientOptions, "exchanges">): UrqlClient {
  const cache = cacheExchange({
    schema: schema as any,
    keys,
    resolvers: {
      Query: { watches: relayPagination(), clioMatters: relayPagination() },
      SyncRun: { results: relayPagination() },
    },
    logger: (_, message) => assert.fail(`graphcache complains: ${message}`),
  });
  return new UrqlClient({ url: server.url, fetch: fetchFn, ...more, exchanges: [cache, ...more.exchanges] });
}

/** urql as the journey uses it. */
function forJourney(urql: UrqlClient): Client {
  const data = ({ data, error }: OperationResult) => {
    assert.ifError(error);
    return data;
  };
  return {
    mergesPages: true,
    async run(document, variables) {
      const isMutation = document.definitions.some((each) => "operation" in each && each.operation === OperationTypeNode.MUTATION);
      return isMutation
        ? data(await urql.mutation(document, variables as any))
        : data(await urql.query(document, variables as any, { requestPolicy: "network-only" }));
    },
    follow(document, variables) {
      const seen: any[] = [];
      return new Promise((resolve, reject) => {
        urql.subscription(document, variables as any).subscribe((result) => {
          if (result.error) reject(result.error);
          else if (result.hasNext) seen.push(result.data);
          else resolve(seen);
        });
      });
    },
  };
}

describe("urql with graphcache", () => {
  test("a journey, with the default fetch for subscriptions too", async () => {
    const urql = urqlClient(fetchWithCookies(), { exchanges: [fetchExchange], fetchSubscriptions: true });
    const client = forJourney(urql);
    await signIn(client);
    const ids = await importMatters(client);
    await listWatches(client);
    await syncWatch(client, server, ids.get("1002")!);
    await syncAllWatches(client, server);

    const { data } = await urql.query(operations.watches, { first: 3 }, { requestPolicy: "cache-only" });
    const towns = data?.watches?.edges.map(({ node }) => unmask(operations.watchFields, node)).map(({ lastName, city }) => [lastName, city]);
    assert.deepEqual(towns?.filter(([name]) => name === "Hale" || name === "O'Brien"), [["Hale", "Houston"], ["O'Brien", "Orlando"]]);
    assert.equal(towns?.length, 8, "the pages were merged, and a sync has changed the list");
  });

  test("a run's progress, with graphql-sse", async () => {
    const fetchFn = fetchWithCookies();
    const streams = createClient({ url: server.url, fetchFn });
    const client = forJourney(
      urqlClient(fetchFn, {
        exchanges: [
          fetchExchange,
          subscriptionExchange({
            forwardSubscription: ({ query, variables }) => ({
              subscribe: (sink) => ({ unsubscribe: streams.subscribe({ query: query!, variables }, sink as any) }),
            }),
          }),
        ],
      }),
    );
    await signIn(client);
    const { syncAllWatches: payload } = await client.run(operations.syncAllWatches, {});
    const states = await client.follow(operations.followRun, { id: payload!.run!.id });
    assert.equal(states.at(-1)?.syncRun.status, "SUCCEEDED");
  });
});
