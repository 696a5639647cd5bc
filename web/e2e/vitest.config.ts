import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The journeys: a real browser, the built server with a database of its own, and Clio's sandbox. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("../src", import.meta.url)) } },
  test: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    include: ["**/*.test.ts"],
    globalSetup: "./harness/build.ts",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
