import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

/** Builds the server once, with the console that web/dist has. */
export default function build(project: TestProject) {
  const folder = mkdtempSync(path.join(tmpdir(), "watchkeeper-journeys-"));
  const binary = path.join(folder, "watchkeeper");
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  execFileSync("go", ["build", "-o", binary, "."], { cwd: root, stdio: "inherit" });
  project.provide("binary", binary);
  return () => rmSync(folder, { recursive: true });
}

declare module "vitest" {
  interface ProvidedContext {
    binary: string;
  }
}
