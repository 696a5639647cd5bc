import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";

import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
  type IntrospectionQuery,
} from "graphql";

import { Server } from "../harness/server";

const generated = path.resolve(__dirname, "../generated/schema.graphql");

let server: Server;

before(async () => {
  server = await Server.start();
});
after(() => server.stop());

test("clients are generated from the schema that is served", async () => {
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query: getIntrospectionQuery({ schemaDescription: true, specifiedByUrl: true }) }),
  });
  const { data } = (await response.json()) as { data: IntrospectionQuery };
  const source = buildSchema(await readFile(generated, "utf8"));
  assert.equal(printSchema(lexicographicSortSchema(buildClientSchema(data))), printSchema(lexicographicSortSchema(source)));
});
