import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { createClient } from "graphql-ws";
import {
  commitMutation,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getRequest,
  getSelector,
  Network,
  Observable,
  RecordSource,
  requestSubscription,
  Store,
  type GraphQLTaggedNode,
  type MutationParameters,
  type OperationType,
  type RequestParameters,
  type Variables,
} from "relay-runtime";
import WebSocket from "ws";

import moreMatters from "../generated/relay/RelayMoreMattersQuery.graphql";
import moreResults from "../generated/relay/RelayMoreResultsQuery.graphql";
import moreWatches from "../generated/relay/RelayMoreWatchesQuery.graphql";
import type { RelayFollowRunSubscription } from "../generated/relay/RelayFollowRunSubscription.graphql";
import type { RelayImportMutation } from "../generated/relay/RelayImportMutation.graphql";
import type { RelaySignInMutation } from "../generated/relay/RelaySignInMutation.graphql";
import type { RelaySyncAllMutation } from "../generated/relay/RelaySyncAllMutation.graphql";
import type { RelaySyncWatchMutation } from "../generated/relay/RelaySyncWatchMutation.graphql";
import { administrator, Server } from "../harness/server";
import * as operations from "../operations/Relay";

let server: Server;

before(async () => {
  server = await Server.start();
});
after(() => server.stop());

/** Relay's environment, with a bearer token once there is one. */
class App {
  token?: string;
  readonly environment = new Environment({
    store: new Store(new RecordSource()),
    network: Network.create(
      (request, variables) => this.post(request, variables),
      (request, variables) =>
        Observable.create((sink) => this.socket.subscribe({ query: request.text!, variables }, sink as any)),
    ),
  });
  private readonly socket = createClient({
    url: server.webSocketUrl,
    webSocketImpl: WebSocket,
    connectionParams: () => this.authorization(),
  });

  mutate<Mutation extends MutationParameters>(mutation: GraphQLTaggedNode, variables: Mutation["variables"]) {
    return new Promise<Mutation["response"]>((resolve, reject) => {
      commitMutation<Mutation>(this.environment, {
        mutation,
        variables,
        onCompleted: (response, errors) => (errors ? reject(new Error(JSON.stringify(errors))) : resolve(response)),
        onError: reject,
      });
    });
  }

  /** Runs a query, keeps what it read, and returns it. */
  async query<Query extends OperationType>(query: GraphQLTaggedNode, variables: Query["variables"]): Promise<any> {
    this.environment.retain(createOperationDescriptor(getRequest(query), variables));
    return fetchQuery<Query>(this.environment, query, variables).toPromise();
  }

  /** Follows a subscription to its end. */
  follow<Subscription extends OperationType>(subscription: GraphQLTaggedNode, variables: Subscription["variables"]) {
    const seen: Subscription["response"][] = [];
    return new Promise<Subscription["response"][]>((resolve, reject) => {
      requestSubscription<Subscription>(this.environment, {
        subscription,
        variables,
        onNext: (response) => seen.push(response!),
        onCompleted: () => resolve(seen),
        onError: reject,
      });
    });
  }

  /** What the store has for a fragment. */
  read(fragment: GraphQLTaggedNode, reference: unknown): any {
    const snapshot = this.environment.lookup(getSelector(fragment as any, reference) as any);
    assert.equal(snapshot.isMissingData, false);
    return snapshot.data;
  }

  /** Pages through a connection as usePaginationFragment does: the next page is fetched by itself, and the store adds it. */
  async everyPage(list: PagedList, reference: unknown): Promise<any[]> {
    for (let page = 1; ; page++) {
      const { edges, pageInfo } = this.read(list.fragment, reference)[list.field];
      if (!pageInfo.hasNextPage || page === (list.most ?? Infinity)) return edges.map((edge: any) => edge.node);
      await this.query(list.next, { ...list.variables, cursor: pageInfo.endCursor });
    }
  }

  close(): void {
    void this.socket.dispose();
  }

  private authorization(): Record<string, string> {
    return this.token ? { Authorization: `Bearer ${this.token}` } : {};
  }

  private async post(request: RequestParameters, variables: Variables): Promise<any> {
    const response = await fetch(server.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...this.authorization() },
      body: JSON.stringify({ query: request.text, variables }),
    });
    return response.json();
  }
}

/** A connection, and how its pages are asked for. */
interface PagedList {
  fragment: GraphQLTaggedNode;
  field: string;
  next: GraphQLTaggedNode;
  variables?: Variables;
  most?: number;
}

describe("Relay", () => {
  test("a journey, with fragments and connections", async () => {
    const app = new App();
    const signIn = await app.mutate<RelaySignInMutation>(operations.signIn, { input: administrator });
    assert.equal(signIn.signIn?.viewer?.user.name, "Ada Byron");
    app.token = signIn.signIn!.token!;

    const browsed = { fragment: operations.mattersFragment, field: "clioMatters", next: moreMatters, most: 2 };
    const matters = await app.everyPage(browsed, await app.query(operations.matters, {}));
    const matterIds = matters.map((matter) => matter.matterId);
    assert.deepEqual(matterIds, ["1001", "1002", "1003", "1004", "1005", "1006", "1007", "1008"]);

    const { importMatters } = await app.mutate<RelayImportMutation>(operations.importMatters, { matterIds });
    assert.deepEqual(new Set(importMatters?.results.map((result) => result.outcome)), new Set(["IMPORTED"]));

    const listed = await app.everyPage(
      { fragment: operations.watchesFragment, field: "watches", next: moreWatches },
      await app.query(operations.watches, {}),
    );
    assert.equal(listed.length, 8);
    const town = (lastName: string) =>
      listed.map((watch) => app.read(operations.watchFragment, watch)).find((watch) => watch.lastName === lastName).city;

    await server.clio.move(502, "Houston", "TX");
    const { syncWatch } = await app.mutate<RelaySyncWatchMutation>(operations.syncWatch, { id: importMatters!.results[1].watch!.id });
    assert.equal(syncWatch?.result?.outcome, "UPDATED");
    assert.equal(town("Hale"), "Houston", "the list shows what the mutation returned");

    await server.clio.move(503, "Orlando", "FL");
    const { syncAllWatches } = await app.mutate<RelaySyncAllMutation>(operations.syncAllWatches, {});
    const id = syncAllWatches!.run!.id;
    const states = await app.follow<RelayFollowRunSubscription>(operations.followRun, { id });
    assert.equal(states.at(-1)?.syncRun.status, "SUCCEEDED");
    assert.deepEqual(states.at(-1)?.syncRun.counts, { processed: 8, updated: 1 });

    const { syncRun } = await app.query(operations.results, { id });
    const results = await app.everyPage(
      { fragment: operations.resultsFragment, field: "results", next: moreResults, variables: { id } },
      syncRun,
    );
    assert.equal(results.length, 8);
    assert.equal(results.filter((result) => result.outcome === "UPDATED").length, 1);
    assert.equal(town("O'Brien"), "Orlando", "the list shows what the results returned");
    app.close();
  });
});
