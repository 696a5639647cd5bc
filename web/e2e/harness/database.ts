import { execFileSync } from "node:child_process";
import path from "node:path";
import type { Server } from "./server.ts";

/** Runs SQL in the server's built-in database. */
export function runSql(server: Server, sql: string): void {
  const socket = path.join(server.folder, "data", "run");
  execFileSync("psql", ["-h", socket, "-U", "watchkeeper", "-v", "ON_ERROR_STOP=1", "-qc", sql, "watchkeeper"]);
}
