import { expect } from "vitest";
import { journey, signIn } from "../harness/journey.ts";
import { edit, firmWith, resolve, sync } from "../harness/steps.ts";

const hale = 1002; // Robert Hale of Dallas, TX

journey(
  "33. 320 px without sideways scroll",
  async ({ server, page }) => {
    const { api, watches, pageOf } = await firmWith(server, 1001, hale, 1003, 1004, 1005);
    await resolve(api, "ASK");
    await edit(api, watches.get(hale), { city: "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" });
    await server.clio.contact(502, { first_name: "Roberta", primary_address: { city: "Houston", province: "TX" } });
    await sync(api, watches.get(hale));
    await signIn(page);
    const fits = async (where: string) => {
      const wide = await page.evaluate(() => {
        const all = document.documentElement.scrollWidth > innerWidth ? [...document.querySelectorAll("main *")] : [];
        return all.filter((each) => each.getBoundingClientRect().right > innerWidth).map((each) => each.outerHTML);
      });
      expect(wide, where).toEqual([]);
    };
    for (const address of [
      "/watches",
      pageOf(hale),
      `${pageOf(hale)}/edit`,
      `${pageOf(hale)}?preview=1`,
      "/watches/new",
      "/integrations/clio",
      "/integrations/matters",
      "/integrations/sync",
      "/integrations/runs",
      "/integrations/conflicts",
      "/integrations/case-types",
      "/settings/profile",
      "/settings/members",
      "/settings/tokens",
      "/settings/audit",
    ]) {
      await page.goto(address);
      await page.locator("main :is(h1, h2)").first().waitFor();
      await page.waitForLoadState("networkidle");
      await fits(address);
    }
    await page.goto(pageOf(hale));
    await page.getByRole("button", { name: "Sync from Clio" }).click();
    await page.getByRole("region", { name: /^Synced from Clio/ }).waitFor();
    await fits("a watch after its sync");
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("alertdialog").waitFor();
    await fits("a question");
    await page.getByRole("button", { name: "Cancel" }).click();
  },
  { width: 320, height: 640 },
);
