import type { Page } from "playwright-core";
import { expect } from "vitest";
import { runSql } from "../harness/database.ts";
import { journey, signIn } from "../harness/journey.ts";
import type { Server } from "../harness/server.ts";
import { firmWith, focused } from "../harness/steps.ts";

const lastNames = ["Abernathy", "Brandt", "Castellano", "Dunmore", "Eriksen", "Farrow", "Gallagher", "Harlan"];
const perRequest = 50; // within the API's limit of tokens
const copies = 99; // of each watch that the API has made

/** Adds 10,000 watches: 100 by the API, and copies of them by the database, where adding each by itself would take minutes. */
async function addWatches(server: Server) {
  const api = await server.signUp();
  for (let from = 0; from < 100; from += perRequest) {
    const fields = Array.from({ length: perRequest }, (_, index) => from + index).map((number) => {
      const last = lastNames[number % lastNames.length];
      return `w${number}: createWatch(input: { firstName: "P${number}", lastName: "${last}" }) { userErrors { message } }`;
    });
    await api.ask(`mutation { ${fields.join(" ")} }`);
  }
  runSql(
    server,
    `INSERT INTO watches SELECT (jsonb_populate_record(w, jsonb_build_object(
      'id', overlay(w.id placing lpad(n::text, 2, '0') from 8), 'first_name', w.first_name || '-' || n,
      'sort_first', w.sort_first || '-' || lpad(n::text, 2, '0')))).* FROM watches w, generate_series(1, ${copies}) n`,
  );
}

journey("32. 10,000: search, page 3, open, Back: same page and row", async ({ server, page }) => {
  await addWatches(server);
  await signIn(page);
  await page.getByText("1 to 50 of 10,000").waitFor();
  await page.getByRole("searchbox", { name: /^Search watches/ }).fill("Dunmore");
  await page.getByText("1 to 50 of 1,300").waitFor();
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByText("51 to 100 of 1,300").waitFor();
  const rows = page.getByRole("rowheader").getByRole("link");
  const before = page.getByRole("link", { name: (await rows.last().textContent()) ?? "", exact: true });
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByText("101 to 150 of 1,300").waitFor();
  await before.waitFor({ state: "hidden" }); // the page before stays until this one is there
  const names = await rows.allTextContents();
  expect(names).toHaveLength(50);
  const thirtieth = page.getByRole("link", { name: names[29], exact: true });
  await thirtieth.click();
  await page.getByRole("heading", { level: 1, name: "Dunmore" }).waitFor();

  await page.goBack();
  await page.getByText("101 to 150 of 1,300").waitFor();
  expect(await rows.allTextContents()).toEqual(names);
  await focused(thirtieth);
  expect(await isInView(page, names[29])).toBe(true);
  await page.getByRole("link", { name: "Previous" }).click();
  await page.getByText("51 to 100 of 1,300").waitFor();
});

function isInView(page: Page, name: string | undefined): Promise<boolean> {
  return page.getByRole("link", { name: name ?? "", exact: true }).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });
}

const most = 200_000; // bytes of script

journey("35. No other host, no console error, list under 200 kB of script", async ({ server, page }) => {
  await firmWith(server, 1001, 1002, 1003);
  await signIn(page);
  await page.getByRole("link", { name: "Hale, Robert" }).waitFor();
  const scripts: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script") scripts.push(request.sizes().then((sizes) => sizes.responseBodySize));
  });
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto("/watches");
  await page.getByRole("link", { name: "Hale, Robert" }).waitFor();
  await page.waitForLoadState("networkidle");
  const bytes = (await Promise.all(scripts)).reduce((sum, each) => sum + each, 0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(most);
});
