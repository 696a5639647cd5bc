import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { serverAudits } from "graphql-http";

import { Server } from "../harness/server";

let server: Server;

before(async () => {
  server = await Server.start();
});
after(() => server.stop());

describe("graphql-http's audits of GraphQL over HTTP", () => {
  const audits = serverAudits({ url: () => server.url });

  for (const audit of audits) {
    test(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn();
      assert.equal(result.status, "ok", "reason" in result ? result.reason : undefined);
    });
  }

  test("all 61 audits are there", () => assert.equal(audits.length, 61));
});
