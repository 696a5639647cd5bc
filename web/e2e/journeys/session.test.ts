import { expect } from "vitest";
import { journey, signIn } from "../harness/journey.ts";
import { dana, ikenna } from "../harness/server.ts";
import { firmWith, heard, row, sync, watchOf } from "../harness/steps.ts";

const hale = 1002; // Robert Hale of Dallas, TX

journey("27. Token revoked: notice everywhere; reconnect keeps links", async ({ server, page }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await signIn(page, undefined, pageOf(hale));
  await server.clio.revoke();
  await page.getByRole("button", { name: "Sync from Clio" }).click();
  const notice = page.getByText("Clio needs you to connect again");
  await notice.waitFor();
  await page.getByText("Nothing was changed.").first().waitFor();
  for (const address of ["/watches", "/integrations/conflicts", "/settings/profile", "/watches/new", pageOf(hale)]) {
    await page.goto(address);
    await notice.waitFor();
  }
  await page.getByRole("link", { name: "Reconnect Clio" }).first().click();
  await page.getByRole("button", { name: "Reconnect Clio" }).click();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByRole("status").getByText("Clio is connected.").waitFor();
  await notice.waitFor({ state: "detached" });
  await server.clio.contact(502, { primary_address: { city: "Houston", province: "TX" } });
  await page.goto(pageOf(hale));
  await page.getByRole("button", { name: "Sync from Clio" }).click();
  await row(page, "City").getByText("was Dallas").waitFor();
  expect(await watchOf(api, watches.get(hale))).toMatchObject({ city: "Houston", clioLink: { state: "LINKED" } });
});

journey("28. Two edit at once: both shown, nothing lost", async ({ server, page, browser }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await server.join(api);
  await signIn(page, dana, `${pageOf(hale)}/edit`);
  await page.getByLabel("City").fill("Plano");
  await page.getByLabel("Notes").fill("Called on Monday.");

  const other = await browser();
  await signIn(other, ikenna, `${pageOf(hale)}/edit`);
  await other.getByLabel("City").fill("Austin");
  await other.getByLabel("Middle name").fill("James");
  await other.getByRole("button", { name: "Save" }).click();
  await other.getByRole("heading", { name: "Robert Hale", level: 1, exact: true }).waitFor();

  await page.getByRole("button", { name: "Save" }).click();
  const clash = page.getByRole("region", { name: "This watch was changed while you were typing" });
  await clash.getByText("Nothing was saved, and nothing that you typed is lost.").waitFor();
  await clash.getByText("Middle name, now James").waitFor();
  const city = clash.getByRole("group", { name: "City" });
  await city.getByRole("radio", { name: "Austin" }).waitFor();
  await city.getByRole("radio", { name: "Plano" }).check();
  expect((await watchOf(api, watches.get(hale))).city).toBe("Austin");
  await page.getByRole("button", { name: "Save" }).click();
  await row(page, "City").getByText("Plano").waitFor();
  await row(page, "Middle name").getByText("James").waitFor();
  await page.getByText("Called on Monday.").first().waitFor();
  const { watch } = await api.ask("query ($id: ID!) { watch(id: $id) { city middleName internalNotes } }", {
    id: watches.get(hale),
  });
  expect(watch).toEqual({ city: "Plano", middleName: "James", internalNotes: "Called on Monday." });
});

journey("34. Session ends while typing: text survives", async ({ server, page }) => {
  const { api, watches, pageOf } = await firmWith(server, hale);
  await signIn(page, dana, `${pageOf(hale)}/edit`);
  await page.getByLabel("City").fill("Plano");
  await page.getByLabel("Notes").fill("A long story, half told.");
  const { viewer } = await api.ask("{ viewer { sessions { id current } } }");
  for (const { id, current } of viewer.sessions) {
    if (!current) await api.ask("mutation ($id: ID!) { revokeSession(id: $id) { userErrors { message } } }", { id });
  }
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await dialog.getByText("Sign in again to go on. What you typed is still here.").waitFor();
  await heard(page, "Your session has ended. Sign in again.");
  expect(await dialog.getByLabel("E-mail").inputValue()).toBe(dana.email);
  await dialog.getByLabel("Password", { exact: true }).fill(dana.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await dialog.waitFor({ state: "detached" });
  await server.clio.hideMatter(hale);
  await sync(api, watches.get(hale));
  await page.getByRole("link", { name: "Integrations 1 need a decision" }).waitFor(); // the page is live again
  expect(await page.getByLabel("City").inputValue()).toBe("Plano");
  expect(await page.getByLabel("Notes").inputValue()).toBe("A long story, half told.");
  await page.getByRole("button", { name: "Save" }).click();
  await row(page, "City").getByText("Plano").waitFor();
  await page.getByText("A long story, half told.").first().waitFor();
  expect((await watchOf(api, watches.get(hale))).city).toBe("Plano");
});
