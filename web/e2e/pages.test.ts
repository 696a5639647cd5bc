import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible } from "./harness/axe.ts";
import { journey, signIn, sizes } from "./harness/journey.ts";
import type { Server } from "./harness/server.ts";

/** Every address of the console. */
const addresses = [
  "/watches",
  "/watches?view=archived",
  "/watches?q=nobody",
  "/watches/new",
  "/watches/:id",
  "/watches/:id?preview=1",
  "/watches/:id/edit",
  "/watches/watch_01zzzzzzzzzzzzzzzzzzzzzzzz",
  "/integrations/clio",
  "/integrations/matters",
  "/integrations/sync",
  "/integrations/runs",
  "/integrations/runs/:run",
  "/integrations/conflicts",
  "/integrations/case-types",
  "/settings/profile",
  "/settings/members",
  "/settings/tokens",
  "/settings/audit",
  "/nowhere",
];

for (const [name, size] of Object.entries(sizes)) {
  journey(
    `every page is accessible, in both themes, without sideways scrolling: ${name}`,
    async ({ server, page }) => {
      const ids = await firmWithWatches(server);
      await page.goto("/sign-in");
      await settled(page);
      await expectAccessible(page);
      await signIn(page);
      for (const address of addresses) {
        await page.goto(address.replace(":id", ids.watch).replace(":run", ids.run));
        await settled(page);
        await expectAccessible(page);
        await expectToFit(page, size.width);
      }
      await page.setViewportSize({ width: 320, height: 640 });
      for (const address of ["/watches", "/watches/:id", "/integrations/sync", "/integrations/conflicts"]) {
        await page.goto(address.replace(":id", ids.watch));
        await settled(page);
        await expectToFit(page, 320);
      }
    },
    size,
  );
}

/** Sets up a firm with a conflict, an edit, and a run. */
async function firmWithWatches(server: Server): Promise<{ watch: string; run: string }> {
  const api = await server.signUp();
  await server.connect(api);
  const watches = await server.import(api, 1001, 1002, 1003, 1004, 1005);
  const watch = watches.get(1002) ?? "";
  await api.ask("mutation { updateSyncSettings(input: { conflictResolution: ASK }) { userErrors { message } } }");
  await api.ask('mutation ($id: ID!) { updateWatch(id: $id, input: { city: "Plano" }) { userErrors { message } } }', {
    id: watch,
  });
  await server.clio.contact(502, { primary_address: { city: "Houston", province: "TX" } });
  const { syncWatch } = await api.ask(
    "mutation ($id: ID!) { syncWatch(id: $id) { run { id } userErrors { message } } }",
    { id: watch },
  );
  return { watch, run: syncWatch.run.id };
}

/** Waits until the page has its heading and loads nothing more. */
async function settled(page: Page) {
  await page.locator("main :is(h1, h2)").first().waitFor();
  await page.waitForLoadState("networkidle");
}

async function expectToFit(page: Page, width: number) {
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(needed, `the width of ${page.url()}`).toBeLessThanOrEqual(width);
}
