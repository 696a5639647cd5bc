import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { Client as UrqlClient, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import {
  commitMutation,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getRequest,
  Network,
  RecordSource,
  ROOT_ID,
  Store,
  type GraphQLTaggedNode,
} from "relay-runtime";

import schema from "../generated/introspection.json";
import { changeEverything, type Change } from "../harness/changes";
import { administrator, Server } from "../harness/server";
import * as operations from "../operations/overview";
import * as relay from "../operations/RelayOverview";

let server: Server;
let token: string;
let sent: string[];

beforeEach(async () => {
  server = await Server.start();
  sent = [];
  const { email, password } = administrator;
  const query = `mutation { signIn(input: {email: "${email}", password: "${password}"}) { token } }`;
  const response = await fetch(server.url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ query }) });
  token = ((await response.json()) as any).data.signIn.token;
});
afterEach(() => server.stop());

/** fetch with the token, which notes the kind of each operation. */
const counting: typeof fetch = (input, init) => {
  sent.push((JSON.parse(init!.body as string).query as string).trim().split(/\W/, 1)[0]);
  return fetch(input, { ...init, headers: { ...(init!.headers as Record<string, string>), Authorization: `Bearer ${token}` } });
};

/** After its first query the client has sent mutations alone. */
function assertNothingWasFetchedAgain(): void {
  assert.deepEqual(sent, ["query", ...sent.slice(1).fill("mutation")]);
  assert.ok(sent.length > 10);
}

describe("a normalised cache needs no refetch after a mutation", () => {
  test("Apollo Client", async () => {
    const paged = { watches: relayStylePagination(), syncConflicts: relayStylePagination() };
    const apollo = new ApolloClient({
      link: new HttpLink({ uri: server.url, fetch: counting }),
      cache: new InMemoryCache({ typePolicies: { Query: { fields: paged } } }),
    });
    await changeEverything({
      load: async () => void (await apollo.query({ query: operations.overview })),
      change: async (name: Change, variables) =>
        ((await apollo.mutate({ mutation: operations[name] as any, variables })).data as any).payload,
      cached: async () => apollo.readQuery({ query: operations.overview }),
    }, server, token);
    assertNothingWasFetchedAgain();
    apollo.stop();
  });

  test("urql with graphcache", async () => {
    const keys = Object.fromEntries(
      schema.__schema.types
        .filter((type) => type.kind === "OBJECT" && !type.fields?.some((field) => field.name === "id"))
        .map((type) => [type.name, () => null]),
    );
    const cache = cacheExchange({
      schema: schema as any,
      keys,
      resolvers: { Query: { watches: relayPagination(), syncConflicts: relayPagination() } },
      logger: (_, message) => assert.fail(`graphcache complains: ${message}`),
    });
    const urql = new UrqlClient({ url: server.url, fetch: counting, preferGetMethod: false, exchanges: [cache, fetchExchange] });
    await changeEverything({
      load: async () => assert.ifError((await urql.query(operations.overview, {})).error),
      change: async (name: Change, variables) => {
        const { data, error } = await urql.mutation(operations[name] as any, variables);
        assert.ifError(error);
        return (data as any).payload;
      },
      cached: async () => (await urql.query(operations.overview, {}, { requestPolicy: "cache-only" })).data,
    }, server, token);
    assertNothingWasFetchedAgain();
  });

  test("Relay", async () => {
    const environment = new Environment({
      store: new Store(new RecordSource()),
      // The query of a payload is the root of the store. Relay warns that it calls that type __Root.
      getDataID: (record, typename) => (typename === "Query" ? ROOT_ID : record.id),
      network: Network.create(async (request, variables) => {
        const headers = { "Content-Type": "application/json" };
        const body = JSON.stringify({ query: request.text, variables });
        return (await counting(server.url, { method: "POST", headers, body })).json() as any;
      }),
    });
    const overview = createOperationDescriptor(getRequest(relay.overview), {});
    environment.retain(overview);
    await changeEverything({
      load: async () => void (await fetchQuery(environment, relay.overview, {}).toPromise()),
      change: (name: Change, variables) =>
        new Promise<any>((resolve, reject) => {
          commitMutation(environment, {
            mutation: relay[name] as GraphQLTaggedNode,
            variables,
            onCompleted: (response: any, errors) => (errors ? reject(new Error(JSON.stringify(errors))) : resolve(response.payload)),
            onError: reject,
          });
        }),
      cached: async () => {
        const { data, isMissingData } = environment.lookup(overview.fragment);
        assert.equal(isMissingData, false);
        return data;
      },
    }, server, token);
    assertNothingWasFetchedAgain();
  });
});
