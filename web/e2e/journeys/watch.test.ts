import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type Journey, journey, signIn, sizes } from "../harness/journey.ts";
import { edit, firmWith, focused, heard, row, tabTo, watchOf } from "../harness/steps.ts";

const hale = 1002; // Robert Hale of Dallas, TX

const syncButton = (page: Page) => page.getByRole("button", { name: "Sync from Clio" });
const synced = (page: Page) => page.getByRole("region", { name: /^Synced from Clio/ });
const history = (page: Page) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) });

journey("7. Edit a name: Edited here, Clio’s value beneath", async ({ server, page }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await signIn(page, undefined, pageOf(hale));
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByLabel("First name").fill("Bob");
  await page.getByText("Clio has Robert. Ours will be kept").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Bob Hale", level: 1 }).waitFor();
  const name = row(page, "First name");
  await name.getByText("Edited here by Dana Whitlock").waitFor();
  await name.getByText("Clio has Robert").waitFor();
  await name.getByRole("button", { name: "Use Clio’s value for First name" }).waitFor();
  expect((await watchOf(api, watches.get(hale))).firstName).toBe("Bob");
});

journey("8. Sync: Edit kept, value untouched", async ({ server, page }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await edit(api, watches.get(hale), { firstName: "Bob" });
  await server.clio.contact(502, { first_name: "Rob" });
  await signIn(page, undefined, pageOf(hale));
  await syncButton(page).click();
  await synced(page).getByText("1 edit kept, 8 left as they were.").waitFor();
  await heard(page, "Synced. 1 edit kept.");
  const name = row(page, "First name");
  await name.getByText("Clio has Rob", { exact: true }).waitFor();
  await name.getByText("Edited here by Dana Whitlock").waitFor();
  await page.getByRole("heading", { name: "Bob Hale", level: 1 }).waitFor();
  expect((await watchOf(api, watches.get(hale))).firstName).toBe("Bob");
});

/** Clio changes the city, and somebody syncs: by a press that the journey chooses. */
async function changedCity({ server, page }: Journey, press: (page: Page) => Promise<void>) {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await server.clio.contact(502, { primary_address: { city: "Houston", province: "TX" } });
  await signIn(page, undefined, pageOf(hale));
  await row(page, "City").getByText("Dallas").waitFor();
  await page.evaluate(() => Object.assign(window, { stays: true }));
  await press(page);
  const city = row(page, "City");
  await city.getByText("was Dallas").waitFor();
  await city.getByText("Houston").waitFor();
  await city.getByText("Updated just now").waitFor();
  await synced(page).getByText("1 field updated, 8 left as they were.").waitFor();
  await heard(page, "Synced. 1 updated.");
  await focused(syncButton(page));
  expect(await page.evaluate(() => "stays" in window)).toBe(true); // without a reload
  expect((await watchOf(api, watches.get(hale))).city).toBe("Houston");
}

const cityByPress = (journey: Journey) => changedCity(journey, (page) => syncButton(page).click());
const cityByKeys = (journey: Journey) =>
  changedCity(journey, async (page) => {
    await tabTo(syncButton(page));
    await page.keyboard.press("Enter");
  });
journey("9. Clio changes city; Sync: “was …” without reload, focus on the button", cityByPress);
journey("33. 9 at 390 px: Clio changes city; Sync", cityByPress, sizes.phone);
journey("33. 9 without a mouse: Clio changes city; Sync", cityByKeys);

journey("10. Clio changes first name: strip; Put back; next sync keeps it", async ({ server, page }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await server.clio.contact(502, { first_name: "Roberta" });
  await signIn(page, undefined, pageOf(hale));
  await syncButton(page).click();
  await synced(page).getByText("First name changed from Robert to Roberta.").waitFor();
  await synced(page).getByText("Obituaries are now matched against Roberta.").waitFor();
  await heard(page, "First name changed from Robert to Roberta.");
  await synced(page).getByRole("button", { name: "Put back Robert" }).click();
  await synced(page).getByText("First name is Robert again. Later syncs leave it so.").waitFor();
  await page.getByRole("heading", { name: "Robert Hale", level: 1 }).waitFor();
  expect((await watchOf(api, watches.get(hale))).firstName).toBe("Robert");
  await syncButton(page).click();
  await synced(page).getByText("1 edit kept").waitFor();
  await row(page, "First name").getByText("Clio has Roberta").waitFor();
  const watch = await watchOf(api, watches.get(hale));
  expect(watch).toMatchObject({ firstName: "Robert", conflicts: [] });
});

journey("11. Undo a sync: old values, both in history; next sync keeps them", async ({ server, page }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await server.clio.contact(502, { primary_address: { city: "Houston", province: "OK" } });
  await signIn(page, undefined, pageOf(hale));
  await syncButton(page).click();
  await row(page, "City").getByText("Houston").waitFor();
  await page.getByRole("button", { name: "Undo this sync" }).click();
  const undone = page.getByRole("region", { name: "The sync was undone" });
  await undone.getByText("Later syncs will not bring the undone values back.").waitFor();
  await row(page, "City").getByText("Dallas").waitFor();
  expect(await watchOf(api, watches.get(hale))).toMatchObject({ city: "Dallas", state: "TX" });
  await history(page).filter({ hasText: "Undone by Dana Whitlock" }).first().waitFor();
  await history(page)
    .filter({ hasText: /^Sync from Clio/ })
    .first()
    .waitFor();
  await history(page)
    .filter({ hasText: /^Undone by Dana Whitlock/ })
    .first()
    .waitFor();
  await syncButton(page).click();
  await synced(page).getByText("2 edits kept").waitFor();
  expect(await watchOf(api, watches.get(hale))).toMatchObject({ city: "Dallas", state: "TX" });
});

journey("12. Preview, reload: nothing changed", async ({ server, page }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await server.clio.contact(502, { primary_address: { city: "Houston", province: "TX" } });
  const before = await watchOf(api, watches.get(hale));
  await signIn(page, undefined, pageOf(hale));
  await page.getByRole("button", { name: "Preview sync" }).click();
  const preview = page.getByRole("region", { name: "Preview. Nothing has been changed." });
  await preview.getByText("1 field would be updated").waitFor();
  await row(page, "City").getByText("would become Houston").waitFor();
  await page.reload();
  await preview.waitFor(); // the address asks for it
  await row(page, "City").getByText("would become Houston").waitFor();
  await preview.getByRole("button", { name: "Close" }).click();
  await preview.waitFor({ state: "detached" });
  await row(page, "City").getByText("Dallas").waitFor();
  expect(await page.getByText("would become").count()).toBe(0);
  expect(await watchOf(api, watches.get(hale))).toEqual(before);
});

/** The matter names another client, Ada Hale of Austin, and a sync has seen it. */
async function clientChanged({ server, page }: Journey) {
  const firm = await firmWith(server, hale);
  const ada = await server.clio.add("contacts", {
    type: "Person",
    first_name: "Ada",
    last_name: "Hale",
    date_of_birth: "1950-02-02",
    primary_address: { city: "Austin", province: "TX" },
  });
  await server.clio.matter(hale, { client_id: ada, display_number: "00002-Hale-b" });
  await signIn(page, undefined, firm.pageOf(hale));
  await syncButton(page).click();
  await page.getByRole("region", { name: "The client changed in Clio" }).waitFor();
  await row(page, "Case number").getByText("00002-Hale-b").waitFor(); // the matter's fields go on
  await row(page, "First name").getByText("Left alone: the matter names another client.").waitFor();
  const watch = await watchOf(firm.api, firm.watches.get(hale));
  expect(watch).toMatchObject({
    firstName: "Robert",
    lastName: "Hale",
    dateOfBirth: "1948-11-30",
    city: "Dallas",
    state: "TX",
    clioLink: { state: "CLIENT_CHANGED" },
  });
  return firm;
}

journey("24. Client changed: five fields alone; same person ends right", async (journey) => {
  const { page } = journey;
  const { api, watches } = await clientChanged(journey);
  await page.getByRole("button", { name: "It is the same person" }).click();
  await page.getByText("Later syncs take name, birth date, city and state from Ada Hale.").last().waitFor();
  await page.getByRole("region", { name: "The client changed in Clio" }).waitFor({ state: "detached" });
  expect(await watchOf(api, watches.get(hale))).toMatchObject({ firstName: "Robert", clioLink: { state: "LINKED" } });
  await syncButton(page).click();
  await row(page, "City").getByText("was Dallas").waitFor();
  expect(await watchOf(api, watches.get(hale))).toMatchObject({ firstName: "Ada", city: "Austin" });
});

journey("24. Client changed: five fields alone; unlink ends right", async (journey) => {
  const { page } = journey;
  const { api, watches } = await clientChanged(journey);
  await page.getByRole("button", { name: "Somebody else: unlink from Clio" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Unlink the watch on Robert Hale from Clio?" });
  await dialog.getByText("Values stay; syncing ends; the matter can be imported again.").waitFor();
  await dialog.getByRole("button", { name: "Unlink from Clio" }).click();
  await page.getByText("Not linked to Clio").waitFor();
  expect(await syncButton(page).count()).toBe(0);
  expect(await watchOf(api, watches.get(hale))).toMatchObject({ firstName: "Robert", city: "Dallas", clioLink: null });
});

journey("25. Matter gone: Not found; back: mended", async ({ server, page }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await server.clio.hideMatter(hale);
  await signIn(page, undefined, pageOf(hale));
  await syncButton(page).click();
  const gone = page.getByRole("region", { name: "Not found in Clio" });
  await gone
    .getByText("Clio no longer returns this matter: deleted, or hidden from Lee Park. The watch stays as it is.")
    .waitFor();
  const badge = page.getByRole("link", { name: "Integrations 1 need a decision" });
  await badge.waitFor();
  expect(await watchOf(api, watches.get(hale))).toMatchObject({ city: "Dallas", clioLink: { state: "MISSING" } });
  await server.clio.hideMatter(hale, false);
  await syncButton(page).click();
  await synced(page).getByText("Clio agrees. Nothing changed.").waitFor();
  await gone.waitFor({ state: "detached" });
  await badge.waitFor({ state: "detached" });
  expect((await watchOf(api, watches.get(hale))).clioLink.state).toBe("LINKED");
});

journey("29. Archive, undo; archived is read-only; delete names the loss", async ({ server, page }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await signIn(page, undefined, pageOf(hale));
  const more = async (item: string) => {
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await more("Archive");
  const toast = page.getByRole("alertdialog").filter({ hasText: "Archived the watch on Robert Hale." });
  await toast.getByRole("button", { name: "Undo" }).click();
  await syncButton(page).waitFor();
  await expect.poll(async () => (await watchOf(api, watches.get(hale))).status).toBe("ACTIVE"); // shown before it is so

  await more("Archive");
  await page.getByText("It is not synced and cannot be edited until it is unarchived.").waitFor();
  expect(await syncButton(page).count()).toBe(0);
  expect(await page.getByRole("link", { name: /^Edit/ }).count()).toBe(0);
  await expect.poll(async () => (await watchOf(api, watches.get(hale))).status).toBe("ARCHIVED"); // shown before it is so
  await page.goto(`${pageOf(hale)}/edit`);
  await page.getByText("Archived watches cannot be edited.").waitFor();

  await page.goto(pageOf(hale));
  await more("Delete");
  const dialog = page.getByRole("alertdialog", { name: "Delete the watch on Robert Hale?" });
  await dialog
    .getByText(
      "Its fields, notes, tags and history are lost for good, and obituaries are no longer matched against it.",
    )
    .waitFor();
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("heading", { name: "Welcome, Dana" }).waitFor(); // it was the only one
  expect(await watchOf(api, watches.get(hale))).toBeNull();
});
