import assert from "node:assert/strict";

import { print } from "graphql";

import { overview } from "../operations/overview";
import type { Server } from "./server";

/** The mutations of src/operations/overview.ts. */
export type Change =
  | "importMatters" | "createWatch" | "updateWatch" | "archiveWatch" | "unarchiveWatch" | "unlinkWatch" | "deleteWatch"
  | "syncWatch" | "resolveSyncConflicts" | "undoSyncRun" | "updateSyncSettings";

/** A client with a normalised cache, which shows the overview. */
export interface CachingClient {
  /** Asks the server for the overview. */
  load(): Promise<void>;
  /** Sends a mutation, and returns its payload. */
  change(name: Change, variables: Record<string, unknown>): Promise<any>;
  /** The overview that the cache has, without asking the server. */
  cached(): Promise<unknown>;
}

/**
 * Changes everything that the overview shows. After each mutation the client's cache, on its own, has what the server would answer to
 * whoever asks it anew.
 */
export async function changeEverything(client: CachingClient, server: Server, token: string): Promise<void> {
  await client.load();
  const change = async (name: Change, variables: Record<string, unknown>) => {
    const payload = await client.change(name, variables);
    assert.deepEqual(plain(payload.userErrors), [], name);
    assert.deepEqual(plain(await client.cached()), plain(await asked(server, token)), `the cache after ${name}`);
    return payload;
  };
  const { results } = await change("importMatters", { matterIds: ["1001", "1002", "1003", "1004"] });
  const [ana, robert, maeve]: string[] = results.map((result: any) => result.watch.id);
  const { watch } = await change("createWatch", { input: { firstName: "Ivy", lastName: "Aalto", tags: ["probate"] } });
  await change("updateWatch", { id: watch.id, input: { lastName: "Zuniga", tags: ["probate", "urgent"], assignedTo: "Lee Park" } });

  await change("updateSyncSettings", { input: { conflictResolution: "ASK" } });
  await change("updateWatch", { id: robert, input: { city: "Plano" } });
  await server.clio.move(502, "Houston", "TX");
  await change("syncWatch", { id: robert });
  const open = ((await client.cached()) as any).syncConflicts.edges;
  assert.equal(open.length, 1);
  await change("resolveSyncConflicts", { ids: [open[0].node.id] });

  await server.clio.move(503, "Orlando", "FL");
  const { run } = await change("syncWatch", { id: maeve });
  const { fields } = await change("undoSyncRun", { id: run.id, watchId: maeve });
  assert.deepEqual(plain(fields), [{ field: "CITY", outcome: "RESTORED" }]);

  await change("archiveWatch", { id: ana });
  await change("unarchiveWatch", { id: ana });
  await change("unlinkWatch", { id: ana });
  await change("deleteWatch", { id: ana });
  await change("deleteWatch", { id: watch.id });
}

/** The overview, asked for without any cache. */
async function asked(server: Server, token: string): Promise<unknown> {
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: print(overview) }),
  });
  const { data, errors } = (await response.json()) as any;
  assert.equal(errors, undefined);
  return data;
}

/** A value without what clients add to it: names of types, and the end of a list where there is none. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, each) => (key.startsWith("__") || key === "endCursor" ? undefined : each));
}
