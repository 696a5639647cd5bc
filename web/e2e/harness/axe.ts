import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** axe's script: put in by the browser's debugger, past the Content-Security-Policy. */
export const axeScript = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  id: string;
  help: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** Fails if axe finds anything on the page, in either theme. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const violations: Violation[] = await page.evaluate(async () => {
      // @ts-expect-error: axe is there by axeScript
      const result = await window.axe.run(document);
      return result.violations;
    });
    const told = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`),
    }));
    expect(told, `axe at ${page.url()} in the ${colorScheme} theme`).toEqual([]);
  }
}
