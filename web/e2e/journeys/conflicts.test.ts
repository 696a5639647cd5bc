import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type Journey, journey, signIn, sizes } from "../harness/journey.ts";
import type { Server } from "../harness/server.ts";
import { edit, firmWith, focused, heard, resolve, row, sync, tabTo, watchOf } from "../harness/steps.ts";

const hale = 1002; // Robert Hale of Dallas, TX
const obrien = 1003; // Maeve O'Brien of Boca Raton, FL

journey("13. Ask: conflict on watch, list, badge, Conflicts", async ({ server, page }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await resolve(api, "ASK");
  await edit(api, watches.get(hale), { city: "Plano" });
  await server.clio.contact(502, { primary_address: { city: "Houston", province: "TX" } });
  await signIn(page, undefined, pageOf(hale));
  await page.getByRole("button", { name: "Sync from Clio" }).click();
  const city = row(page, "City");
  await city.getByText("Conflict", { exact: true }).waitFor();
  await city.getByText("Ours stays until someone decides.").waitFor();
  await city.getByText("Clio has Houston").waitFor();
  await city.getByRole("button", { name: "Keep ours" }).waitFor();
  await page.getByRole("link", { name: "1 conflict" }).waitFor();
  expect((await watchOf(api, watches.get(hale))).city).toBe("Plano");

  await page.getByRole("link", { name: "Integrations 1 need a decision" }).waitFor();
  await page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Watches" }).click();
  await page.getByRole("link", { name: "Conflicts 1" }).click();
  const listed = page.getByRole("row", { name: /Hale, Robert/ });
  await listed.getByText("Conflict").first().waitFor();

  await page.getByRole("link", { name: "Integrations 1 need a decision" }).click();
  await page.getByRole("link", { name: "Conflicts 1" }).click();
  await page.getByText("1 field in 1 watch was edited here, and Clio says something else.").waitFor();
  const choice = page.getByRole("radiogroup", { name: "City" });
  await choice.getByRole("radio", { name: /Keep ours Plano/ }).waitFor();
  await choice.getByRole("radio", { name: /Use Clio’s Houston/ }).waitFor();
});

/** Edits three fields of two watches each, which Clio changes too, and asks. */
async function sixConflicts(server: Server) {
  const firm = await firmWith(server, hale, obrien);
  await resolve(firm.api, "ASK");
  await edit(firm.api, firm.watches.get(hale), { firstName: "Bob", city: "Plano", state: "OK" });
  await edit(firm.api, firm.watches.get(obrien), { firstName: "May", city: "Miami", state: "GA" });
  const houston = { city: "Houston", province: "NM" };
  await server.clio.contact(502, { first_name: "Rob", primary_address: houston });
  await server.clio.contact(503, { first_name: "Maev", primary_address: { city: "Orlando", province: "AL" } });
  for (const id of firm.watches.values()) await sync(firm.api, id);
  const { syncConflicts } = await firm.api.ask("{ syncConflicts(first: 10) { totalCount } }");
  expect(syncConflicts.totalCount).toBe(6);
  return firm;
}

const section = (page: Page, watch: string) =>
  page
    .getByRole("form")
    .or(page.locator("section"))
    .filter({ has: page.getByRole("heading", { name: watch }) })
    .last();
const side = (page: Page, watch: string, field: string, words: RegExp) =>
  section(page, watch).getByRole("radiogroup", { name: field }).getByRole("radio", { name: words });

/** What is left, and what became of the three that were settled: two for ours, one for Clio's. */
async function expectThreeLeft(page: Page, { api, watches }: Awaited<ReturnType<typeof sixConflicts>>) {
  await page.getByText("3 settled: 2 ours, 1 Clio’s.").first().waitFor();
  await heard(page, "3 settled: 2 ours, 1 Clio’s.");
  await page.getByText("3 fields in 1 watch were edited here").waitFor();
  expect(await page.getByRole("radiogroup").count()).toBe(3);
  const settled = await watchOf(api, watches.get(hale));
  expect(settled).toMatchObject({ firstName: "Bob", city: "Houston", state: "OK", conflicts: [] });
  const left = await watchOf(api, watches.get(obrien));
  expect(left).toMatchObject({ firstName: "May", city: "Miami", state: "GA" });
  expect(left.conflicts).toHaveLength(3);
}

async function settleByKeyboard({ server, page }: Journey) {
  const firm = await sixConflicts(server);
  await signIn(page, undefined, "/integrations/conflicts");
  const first = side(page, "Hale, Robert", "First name", /Keep ours/).or(
    side(page, "Hale, Bob", "First name", /Keep ours/),
  );
  await first.waitFor();
  await tabTo(first);
  await page.keyboard.press("Space");
  await tabTo(side(page, "Hale, Bob", "City", /Keep ours/));
  await page.keyboard.press("ArrowRight");
  const clio = side(page, "Hale, Bob", "City", /Use Clio’s/);
  await focused(clio);
  expect(await clio.isChecked()).toBe(true);
  await page.keyboard.press("Escape"); // and again
  expect(await clio.isChecked()).toBe(false);
  await page.keyboard.press("Space");
  await tabTo(side(page, "Hale, Bob", "State", /Keep ours/));
  await page.keyboard.press("Space");
  await page.getByText("3 of 6 chosen").waitFor();
  expect((await watchOf(firm.api, firm.watches.get(hale))).conflicts).toHaveLength(3); // nothing is sent yet
  await page.keyboard.press("Control+Enter");
  await expectThreeLeft(page, firm);
}

async function settleByTouch({ server, page }: Journey) {
  const firm = await sixConflicts(server);
  await signIn(page, undefined, "/integrations/conflicts");
  await side(page, "Hale, Bob", "First name", /Keep ours/).tap();
  await side(page, "Hale, Bob", "City", /Use Clio’s/).tap();
  await side(page, "Hale, Bob", "State", /Keep ours/).tap();
  await page.getByRole("button", { name: "Save 3 choices" }).tap();
  await expectThreeLeft(page, firm);
}

journey("14. Settle 3 of 6 by keyboard: 3 left (33: without a mouse)", settleByKeyboard);
journey("33. 14 at 390 px: settle 3 of 6", settleByTouch, sizes.phone);

journey("15. One moved meanwhile: stays, told; others settled", async ({ server, page }) => {
  const { api, watches } = await sixConflicts(server);
  await signIn(page, undefined, "/integrations/conflicts");
  await side(page, "Hale, Bob", "City", /Keep ours/).check();
  await side(page, "Hale, Bob", "State", /Keep ours/).check();
  await server.clio.contact(502, { primary_address: { city: "Galveston", province: "NM" } });
  await sync(api, watches.get(hale));
  await page.getByRole("button", { name: /^Save/ }).click();
  await page.getByText("1 settled: 1 ours.").first().waitFor();
  const city = section(page, "Hale, Bob").getByRole("radiogroup", { name: "City" });
  await city.getByText("Changed meanwhile. Look again.").waitFor();
  await city.getByText("Galveston").waitFor();
  expect(await page.getByRole("radiogroup").count()).toBe(5);
  const watch = await watchOf(api, watches.get(hale));
  expect(watch).toMatchObject({ city: "Plano", state: "OK" });
  expect(watch.conflicts).toHaveLength(2);
});
