import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { print, type ExecutionResult } from "graphql";
import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import WebSocket from "ws";

import type { FollowRunSubscription } from "../generated/typed/graphql";
import { fetchWithCookies } from "../harness/cookies";
import { importMatters, signIn, type Client } from "../harness/journey";
import { within } from "../harness/program";
import { Server } from "../harness/server";
import * as operations from "../operations/operations";

let server: Server;
let client: Client;
let headers: Record<string, string>;

before(async () => {
  server = await Server.start();
  const fetchFn = fetchWithCookies();
  client = {
    async run(document, variables) {
      const body = JSON.stringify({ query: print(document), variables });
      const response = await fetchFn(server.url, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      return ((await response.json()) as { data: never }).data;
    },
    follow: () => assert.fail("each test has a way to follow of its own"),
  };
  headers = { Authorization: `Bearer ${await signIn(client)}` };
  await importMatters(client);
});
after(() => server.stop());

type States = AsyncIterableIterator<ExecutionResult<FollowRunSubscription, unknown>>;

/** Follows a run while the server is stopped and started again, and returns every status that came. */
async function followOverRestart(follow: (query: string, variables: { id: string }) => States): Promise<string[]> {
  await server.clio.fail({ fault: "hang" }); // so that the run is under way when the server stops
  const { syncAllWatches } = await client.run(operations.syncAllWatches, {});
  const statuses: string[] = [];
  let underWay = () => {};
  const began = new Promise<void>((resolve) => (underWay = resolve));
  const followed = (async () => {
    for await (const { data, errors } of follow(print(operations.followRun), { id: syncAllWatches!.run!.id })) {
      assert.equal(errors, undefined);
      statuses.push(data!.syncRun.status);
      if (data!.syncRun.status === "RUNNING") underWay();
    }
  })();

  await within(Promise.race([began, followed]), "a run under way");
  await server.pause();
  await server.clio.fail();
  await server.resume();
  await within(followed, "the run's end");
  return statuses;
}

describe("clients with default settings follow a run over a restart of the server", () => {
  test("graphql-ws", async () => {
    const socket = createWsClient({ url: server.webSocketUrl, webSocketImpl: WebSocket, connectionParams: headers });
    const statuses = await followOverRestart((query, variables) => socket.iterate({ query, variables }) as States);
    assert.ok(statuses.includes("RUNNING"), statuses.join());
    assert.equal(statuses.at(-1), "SUCCEEDED", statuses.join());
    await socket.dispose();
  });

  test("graphql-sse", async () => {
    const streams = createSseClient({ url: server.url, headers });
    const statuses = await followOverRestart((query, variables) => streams.iterate({ query, variables }) as States);
    assert.ok(statuses.includes("RUNNING"), statuses.join());
    assert.equal(statuses.at(-1), "SUCCEEDED", statuses.join());
    streams.dispose();
  });
});
