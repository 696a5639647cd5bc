import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Api } from "../harness/api.ts";
import { type Journey, journey, signIn } from "../harness/journey.ts";
import { dana, ikenna, type Server } from "../harness/server.ts";
import { tabTo } from "../harness/steps.ts";

/** A firm that is connected to Clio, and has imported these matters. */
async function connected(server: Server, ...matterIds: number[]): Promise<{ api: Api; watches: Map<number, string> }> {
  const api = await server.signUp();
  await server.connect(api);
  const watches = matterIds.length > 0 ? await server.import(api, ...matterIds) : new Map<number, string>();
  return { api, watches };
}

/** Adds matters with clients of their own to Clio, and imports them. */
async function importNew(server: Server, api: Api, count: number): Promise<void> {
  const ids: number[] = [];
  for (let n = 0; n < count; n++) {
    const client_id = await server.clio.add("contacts", { type: "Person", first_name: `Ada${n}`, last_name: "Byron" });
    ids.push(await server.clio.add("matters", { description: `Estate ${n}`, client_id }));
  }
  for (let from = 0; from < ids.length; from += 100) await server.import(api, ...ids.slice(from, from + 100));
}

const sync = "/integrations/sync";
const start = (page: Page) => page.getByRole("button", { name: "Sync All Now" }).click();
const sumOf = (page: Page) =>
  page.getByRole("progressbar", { name: "Watches looked at" }).getAttribute("aria-valuetext");

/** Waits until a run's page says how it ended. */
async function ended(page: Page, state: string) {
  await page.getByRole("heading", { level: 1, name: new RegExp(`${state}$`) }).waitFor({ timeout: 90_000 });
}

/** Syncs 250 watches in three rounds. Each button is pressed as the journey chooses. */
async function syncInRounds({ server, page }: Journey, press: (button: Locator) => Promise<void>) {
  const { api } = await connected(server);
  await importNew(server, api, 250);
  await signIn(page, dana, sync);
  await page.getByText("100 at a time, longest waiting first.").waitFor();
  await press(page.getByRole("button", { name: "Sync All Now" }));
  await ended(page, "Done");
  expect(await sumOf(page)).toContain("100 watches in all.");
  const told = page.getByText(/^Done\. .*: 100 watches in all\.$/);
  await told.waitFor({ state: "attached" });
  await page.getByText("150 linked watches are still waiting for their turn.").waitFor();
  await press(page.getByRole("button", { name: "Sync next 100" }));
  await page.getByText("50 linked watches are still waiting for their turn.", { exact: true }).waitFor();
  expect(await sumOf(page)).toContain("100 watches in all.");
  await press(page.getByRole("button", { name: "Sync next 50" }));
  await expect.poll(() => sumOf(page).catch(() => ""), { timeout: 30_000 }).toContain("50 watches in all.");
  await ended(page, "Done");
  expect(await page.getByRole("button", { name: /Sync next/ }).count()).toBe(0);
}

journey("16. 250 linked: Sync All Now, Sync next 100 twice; sums of 100, 100, 50, and none left", (journey) =>
  syncInRounds(journey, (button) => button.click()),
);

journey("33. 16 without a mouse: 250 linked", (journey) =>
  syncInRounds(journey, async (button) => {
    await button.waitFor();
    await tabTo(button);
    await button.page().keyboard.press("Enter");
  }),
);

journey("17. Leaving and returning mid-run: the same run, for another user too", async ({ server, page, browser }) => {
  const { api } = await connected(server, 1002, 1003);
  await server.join(api);
  await server.clio.fail({ fault: "slow", seconds: 25, times: 1 });
  await signIn(page, dana, sync);
  const other = await browser();
  await signIn(other, ikenna, "/watches");
  await start(page);
  const stop = page.getByRole("button", { name: "Stop this sync" });
  await stop.waitFor();
  await page.getByRole("link", { name: "Case types" }).click();
  await page.getByText("What each practice area in Clio becomes here.").waitFor();
  await page.getByRole("link", { name: "Sync", exact: true }).click();
  await stop.waitFor();
  await other.goto(sync);
  await other.getByText(/Started by Dana Whitlock/).waitFor();
  await ended(page, "Done");
  await ended(other, "Done");
  expect(other.url()).toBe(page.url());
});

journey("18. Stop: Stopped, the sum adds up, and what was written can be undone", async ({ server, page }) => {
  const { api } = await connected(server, 1002, 1003);
  await server.clio.contact(502, { primary_address: { city: "Houston", province: "TX" } });
  await server.clio.fail({ fault: "slow", seconds: 6, times: 1 });
  await signIn(page, dana, sync);
  await start(page);
  await page.getByText("After a stop, what is written stays, and can be undone.").waitFor();
  await page.getByRole("button", { name: "Stop this sync" }).click();
  await ended(page, "Stopped");
  expect(await sumOf(page)).toMatch(/ in all\.$/);
  const { syncRuns } = await api.ask("{ syncRuns(first: 1) { nodes { status canUndo } } }");
  const [run] = syncRuns.nodes;
  expect(run.status).toBe("CANCELED");
  expect(await page.getByRole("button", { name: "Undo this sync" }).count()).toBe(run.canUndo ? 1 : 0);
});

journey("19. Clio's limit: waiting until a time, then it goes on by itself", async ({ server, page }) => {
  await connected(server, 1002);
  await server.clio.fail({ fault: "rate_limited", seconds: 12, times: 1 });
  await signIn(page, dana, sync);
  await start(page);
  await page.getByRole("heading", { name: /Waiting for Clio until \d+:\d\d [AP]M/ }).waitFor();
  await page.getByText("Clio limits how often it can be asked. It goes on by itself.").waitFor();
  await ended(page, "Done");
});

journey("21. 403 on contacts: told, and the matter's fields are updated", async ({ server, page }) => {
  const { api, watches } = await connected(server, 1002);
  await server.clio.matter(1002, { open_date: "2024-10-01" });
  await server.clio.fail({ fault: "forbidden", path: "/api/v4/contacts" });
  await signIn(page, dana, sync);
  await start(page);
  await page.waitForURL(/\/integrations\/runs\/./);
  await page.getByText("Clio would not show part.").waitFor();
  const { watch } = await api.ask("query ($id: ID!) { watch(id: $id) { dateOfInterest } }", { id: watches.get(1002) });
  expect(watch.dateOfInterest).toBe("2024-10-01");
});

journey("22. Undo after one edit: the preview says that 1 stays, and so it does", async ({ server, page }) => {
  const { api, watches } = await connected(server, 1002, 1003);
  await server.clio.contact(502, { primary_address: { city: "Houston", province: "TX" } });
  await server.clio.matter(1002, { open_date: "2024-10-01" });
  await signIn(page, dana, sync);
  await start(page);
  await ended(page, "Done");
  const input = { city: "Galveston" };
  await api.ask(
    "mutation ($id: ID!, $input: UpdateWatchInput!) { updateWatch(id: $id, input: $input) { userErrors { message } } }",
    {
      id: watches.get(1002),
      input,
    },
  );
  await page.getByRole("button", { name: "Undo this sync" }).click();
  const dialog = page.getByRole("dialog", { name: /^Undo the sync of today/ });
  await dialog.getByText(/1 stays, because it was edited since\./).waitFor();
  await dialog.getByRole("button", { name: /^Undo \d+ fields?$/ }).click();
  await ended(page, "Undone");
  await page
    .getByRole("main")
    .getByText(/1 stayed, because it was edited since\./)
    .waitFor();
  const { watch } = await api.ask("query ($id: ID!) { watch(id: $id) { city dateOfInterest } }", {
    id: watches.get(1002),
  });
  expect(watch).toEqual({ city: "Galveston", dateOfInterest: "2024-09-17" });
  expect(await page.getByRole("button", { name: "Undo this sync" }).count()).toBe(0);
});

journey("23. CSV: every result, nine fields each, formulas harmless", async ({ server, page }) => {
  await connected(server, 1002, 1003);
  await server.clio.contact(502, { primary_address: { city: "=1+1", province: "TX" } });
  await signIn(page, dana, sync);
  await start(page);
  await ended(page, "Done");
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^sync-\d{4}-\d\d-\d\d-\d{4}\.csv$/);
  const text = await readFile(await download.path(), "utf8");
  const rows = text.trimEnd().split("\r\n");
  expect(rows).toHaveLength(1 + 2 * 9);
  expect(rows[0]).toBe("\uFEFFWatch,Case number,Outcome,Field,Before,Clio,After,Decision,Message");
  expect(text).toContain(",'=1+1,'=1+1,Updated");
});

journey(
  "26. Daily at 6:00 in a zone: the next sync is then; sync on login never delays sign-in",
  async ({ server, page, browser }) => {
    await connected(server, 1002);
    await signIn(page, dana, sync);
    const zone = page.getByText("Times are in your firm’s time zone, Hawaii.");
    await page.getByRole("switch", { name: "Auto-sync enabled" }).check();
    expect(await zone.count()).toBe(0);
    await page.getByLabel("Time", { exact: true }).fill("06:00");
    await page.getByLabel("Time zone").selectOption({ label: "Hawaii" });
    await page.getByRole("switch", { name: "Sync on login" }).check();
    await page.getByRole("button", { name: "Save settings" }).click();
    await page.getByRole("heading", { name: "Saved." }).waitFor();
    await zone.waitFor(); // the browser's is New York's
    const settings = page.getByRole("region", { name: "Sync Settings" });
    const next = await settings.locator("time").first().getAttribute("datetime");
    const hour = new Intl.DateTimeFormat("en-US", { timeZone: "Pacific/Honolulu", hour: "numeric" });
    expect(hour.format(new Date(next ?? ""))).toBe("6 AM");

    await server.clio.fail({ fault: "hang", times: 1 });
    const other = await browser();
    await signIn(other, dana, "/watches");
    await server.clio.fail();
  },
);

journey(
  "20. Clio down: nothing changed, the run Failed and never Done, and Try again works",
  async ({ server, page }) => {
    await connected(server, 1002);
    await server.clio.contact(502, { primary_address: { city: "Houston", province: "TX" } });
    await server.clio.fail({ fault: "forbidden", path: "/api/v4/matters" });
    await signIn(page, dana, sync);
    await start(page);
    await ended(page, "Failed");
    await page.getByText("Nothing was changed.").first().waitFor();
    expect(await page.getByText("Done", { exact: true }).count()).toBe(0);
    await server.clio.fail();
    await page.getByRole("button", { name: "Try again" }).click();
    await ended(page, "Done");
    expect(await sumOf(page)).toContain("1 updated");
  },
);
