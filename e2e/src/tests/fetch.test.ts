import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { print } from "graphql";
import { createClient } from "graphql-sse";

import { fetchWithCookies } from "../harness/cookies";
import { importMatters, listWatches, signIn, syncAllWatches, syncWatch, type Client } from "../harness/journey";
import { Server } from "../harness/server";
import * as operations from "../operations/operations";

let server: Server;

before(async () => {
  server = await Server.start();
});
after(() => server.stop());

/** A fetch of one function, as graphql-codegen's guide has it, and graphql-sse: both with the session's cookie. */
function fetchClient(accept: string): Client {
  const fetchFn = fetchWithCookies();
  const streams = createClient({ url: server.url, fetchFn });
  return {
    async run(document, variables) {
      const response = await fetchFn(server.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: accept },
        body: JSON.stringify({ query: print(document), variables }),
      });
      const result = (await response.json()) as { data: never; errors?: unknown };
      assert.equal(result.errors, undefined);
      return result.data;
    },
    async follow(document, variables) {
      const seen = [];
      for await (const result of streams.iterate<any>({ query: print(document), variables: variables as Record<string, unknown> })) {
        assert.equal(result.errors, undefined);
        seen.push(result.data!);
      }
      return seen;
    },
  };
}

describe("graphql-codegen's client preset with fetch and graphql-sse", () => {
  test("a journey", async () => {
    const client = fetchClient("application/graphql-response+json, application/json");
    await signIn(client);
    const { viewer } = await client.run(operations.viewer, {});
    assert.equal(viewer?.user.name, "Ada Byron", "by the cookie alone");
    const ids = await importMatters(client);
    await syncWatch(client, server, ids.get("1002")!);
    await syncAllWatches(client, server);
    await listWatches(client);
  });
});
