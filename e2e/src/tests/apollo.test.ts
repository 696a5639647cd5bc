import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { relayStylePagination } from "@apollo/client/utilities";
import { OperationTypeNode } from "graphql";
import { createClient } from "graphql-ws";
import { lastValueFrom, toArray } from "rxjs";
import WebSocket from "ws";

import { useFragment as unmask } from "../generated/typed";
import { importMatters, listWatches, signIn, syncAllWatches, syncWatch, type Client } from "../harness/journey";
import { Server } from "../harness/server";
import * as operations from "../operations/operations";

let server: Server;

before(async () => {
  server = await Server.start();
});
after(() => server.stop());

/** An Apollo Client whose requests and WebSocket carry the token, once there is one. */
function apolloClient(session: { token?: string }) {
  const authorization = () => (session.token ? { Authorization: `Bearer ${session.token}` } : {});
  const http = new SetContextLink(({ headers }) => ({ headers: { ...headers, ...authorization() } })).concat(
    new HttpLink({ uri: server.url }),
  );
  const socket = createClient({ url: server.webSocketUrl, webSocketImpl: WebSocket, connectionParams: authorization });
  return new ApolloClient({
    link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, new GraphQLWsLink(socket), http),
    cache: new InMemoryCache({
      typePolicies: {
        Query: { fields: { watches: relayStylePagination(), clioMatters: relayStylePagination() } },
        SyncRun: { fields: { results: relayStylePagination() } },
      },
    }),
  });
}

/** Apollo Client as the journey uses it. */
function forJourney(apollo: ApolloClient): Client {
  return {
    mergesPages: true,
    async run(document, variables) {
      const isMutation = document.definitions.some((each) => "operation" in each && each.operation === OperationTypeNode.MUTATION);
      const options = { variables: variables as any, fetchPolicy: "network-only" as const };
      const { data } = isMutation
        ? await apollo.mutate({ mutation: document, ...options })
        : await apollo.query({ query: document, ...options });
      return data as any;
    },
    async follow(document, variables) {
      const results = await lastValueFrom(apollo.subscribe({ query: document, variables: variables as any }).pipe(toArray()));
      return results.map(({ data, error }) => {
        assert.equal(error, undefined);
        return data as any;
      });
    },
  };
}

describe("Apollo Client", () => {
  test("a journey, with HttpLink and graphql-ws", async () => {
    const session: { token?: string } = {};
    const apollo = apolloClient(session);
    const client = forJourney(apollo);
    session.token = await signIn(client);
    const ids = await importMatters(client);
    await listWatches(client);
    await syncWatch(client, server, ids.get("1002")!);
    await syncAllWatches(client, server);

    const cached = apollo.readQuery({ query: operations.watches, variables: { first: 3 } });
    const towns = cached?.watches?.edges.map(({ node }) => unmask(operations.watchFields, node)).map(({ lastName, city }) => [lastName, city]);
    assert.deepEqual(towns?.filter(([name]) => name === "Hale" || name === "O'Brien"), [["Hale", "Houston"], ["O'Brien", "Orlando"]]);
    assert.equal(towns?.length, 8, "the pages were merged, and a sync has changed the list");
    apollo.stop();
  });

  test("automatic persisted queries fall back to the document", async () => {
    const sent: boolean[] = [];
    const http = new HttpLink({
      uri: server.url,
      fetch: (input, init) => {
        sent.push("query" in JSON.parse(init!.body as string));
        return fetch(input, init);
      },
    });
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const apollo = new ApolloClient({ link: new PersistedQueryLink({ sha256 }).concat(http), cache: new InMemoryCache() });
    for (const fetchPolicy of ["network-only", "no-cache"] as const) {
      const { data } = await apollo.query({ query: operations.viewer, fetchPolicy });
      assert.deepEqual(data, { viewer: null });
    }
    assert.deepEqual(sent, [false, true, true], "the hash is tried once");
    apollo.stop();
  });
});
