import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Api } from "../harness/api.ts";
import { journey, signIn } from "../harness/journey.ts";
import { firmWith, focused } from "../harness/steps.ts";

const lastNames = ["Abernathy", "Brandt", "Castellano", "Dunmore", "Eriksen", "Farrow", "Gallagher", "Harlan"];
const perRequest = 50; // within the API's limit of tokens

/** Adds watches by hand, many at once: numbered, so that each has a name of its own. */
async function add(api: Api, amount: number) {
  const one = (number: number) => {
    const last = lastNames[number % lastNames.length];
    return `w${number}: createWatch(input: { firstName: "P${number}", lastName: "${last}" }) { userErrors { message } }`;
  };
  for (let from = 0; from < amount; from += perRequest) {
    const fields = Array.from({ length: Math.min(perRequest, amount - from) }, (_, index) => one(from + index));
    await api.ask(`mutation { ${fields.join(" ")} }`);
  }
}

journey("32. 10,000: search, page 3, open, Back: same page and row", async ({ server, page }) => {
  const api = await server.signUp();
  await add(api, 10_000);
  await signIn(page);
  await page.getByText("1–50 of 10,000").waitFor();
  await page.getByRole("searchbox", { name: /^Search watches/ }).fill("Dunmore");
  await page.getByText("1–50 of 1,250").waitFor();
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByText("51–100 of 1,250").waitFor();
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByText("101–150 of 1,250").waitFor();
  const rows = page.getByRole("rowheader").getByRole("link");
  const names = await rows.allTextContents();
  expect(names).toHaveLength(50);
  const thirtieth = page.getByRole("link", { name: names[29], exact: true });
  await thirtieth.click();
  await page.getByRole("heading", { level: 1, name: "Dunmore" }).waitFor();

  await page.goBack();
  await page.getByText("101–150 of 1,250").waitFor();
  expect(await rows.allTextContents()).toEqual(names);
  await focused(thirtieth);
  expect(await isInView(page, names[29])).toBe(true);
  await page.getByRole("link", { name: "Previous" }).click();
  await page.getByText("51–100 of 1,250").waitFor();
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
  const network = await page.context().newCDPSession(page);
  const scripts = new Map<string, number>();
  network.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.set(requestId, 0);
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength);
  });
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto("/watches");
  await page.getByRole("link", { name: "Hale, Robert" }).waitFor();
  await page.waitForLoadState("networkidle");
  const bytes = [...scripts.values()].reduce((sum, each) => sum + each, 0);
  expect(scripts.size).toBeGreaterThan(0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(most);
});
