import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type Journey, journey, signIn, sizes } from "../harness/journey.ts";
import { firmWith, focused, heard, row, watchOf } from "../harness/steps.ts";

/** The way from the list to Clio's page, where access is granted or not. */
async function toClio(page: Page) {
  await signIn(page);
  await page.getByRole("button", { name: "Connect Clio" }).click();
  await page.getByRole("heading", { name: "to read your Clio account?" }).waitFor();
}

journey("2. Connect: matters, “Connected as …”", async ({ server, page }) => {
  const api = await server.signUp();
  await toClio(page);
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByText("Connected as Lee Park, Alder & Finch LLP.").waitFor();
  const matters = page.getByRole("table", { name: "Matters in Clio that can become watches" });
  await matters.getByRole("row", { name: "Robert Hale" }).waitFor();
  const { pathname, search } = new URL(page.url());
  expect(pathname + search).toBe("/integrations/matters?first=1"); // clio=connected is told, and gone
  expect(await matters.getByRole("row", { name: "George Whitaker" }).count()).toBe(0); // closed
  await page.getByRole("link", { name: "Clio connected" }).waitFor();
  const { clioIntegration } = await api.ask("{ clioIntegration { state clioUserName } }");
  expect(clioIntegration).toEqual({ state: "CONNECTED", clioUserName: "Lee Park" });
});

journey("3. Decline: told, nothing connected", async ({ server, page }) => {
  const api = await server.signUp();
  await toClio(page);
  await page.getByRole("button", { name: "Decline" }).click();
  const told = page.getByRole("status").filter({ hasText: "Nothing was connected." });
  await told.getByText("Try again when you are ready.").waitFor();
  await page.waitForURL((url) => url.pathname === "/integrations/clio" && url.search === "");
  await page.getByRole("button", { name: "Connect Clio" }).waitFor();
  const { clioIntegration } = await api.ask("{ clioIntegration { state } }");
  expect(clioIntegration.state).toBe("NOT_CONNECTED");
});

const five = ["Robert Hale", "Maeve O'Brien", "José Peña", "Walter Lindqvist", "Geneviève Côté"];

async function importFive({ server, page }: Journey) {
  const api = await server.signUp();
  await server.connect(api);
  await signIn(page);
  await page.getByRole("link", { name: "Choose matters" }).click();
  for (const each of five) await page.getByRole("checkbox", { name: `Choose ${each}`, exact: true }).check();
  await heard(page, "5 chosen");
  const bar = page.getByRole("region", { name: "Chosen matters" });
  await bar.getByText("5 matters chosen").waitFor();
  await bar.getByRole("button", { name: "Import 5 matters" }).click();

  const results = page.getByRole("heading", { name: "5 matters imported" });
  await results.waitFor();
  expect(await page.getByRole("listitem").filter({ hasText: "Imported" }).count()).toBe(5);
  await page.getByRole("button", { name: "Turn on daily sync at 6:00 AM" }).click();
  await page.getByText("Daily sync is on.").first().waitFor();
  await page.getByRole("link", { name: "Open watches" }).click();

  await page.getByRole("heading", { name: "Watches", level: 1 }).waitFor();
  for (const each of ["Hale, Robert", "O'Brien, Maeve", "Peña, José", "Lindqvist, Walter", "Côté, Geneviève"])
    await page.getByRole("link", { name: each }).waitFor();
  await page.getByRole("link", { name: "Hale, Robert" }).click();
  await page.getByRole("heading", { name: "Robert Hale", level: 1 }).waitFor();
  for (const field of ["First name", "Last name", "Date of birth", "City", "State", "Case number", "Case type"])
    await row(page, field).getByText("From Clio").waitFor();
  const watch = await watchOf(api, new URL(page.url()).pathname.split("/").at(-1));
  expect(watch).toMatchObject({ firstName: "Robert", city: "Dallas", state: "TX", caseNumber: "00002-Hale" });
  const { watches } = await api.ask("{ watches(first: 10) { totalCount } }");
  expect(watches.totalCount).toBe(5);
  const { syncSettings } = await api.ask("{ syncSettings { autoSyncEnabled frequency timeZone } }");
  expect(syncSettings).toEqual({ autoSyncEnabled: true, frequency: "DAILY", timeZone: "America/New_York" });
}

journey("4. Import 5: 5 results, 5 watches From Clio", importFive);
journey("33. 4 at 390 px: import 5", importFive, sizes.phone);

journey("5. Company, nameless: cannot be chosen, reason read out", async ({ server, page }) => {
  await server.clio.contact(503, { first_name: null });
  await server.connect(await server.signUp());
  await signIn(page, undefined, "/integrations/matters");
  const reasons = {
    "Sunshine Holdings LLC": "A company, not a person",
    "O'Brien": "First or last name is missing in Clio",
  };
  for (const [name, reason] of Object.entries(reasons)) {
    const box = page.getByRole("checkbox", { name: `Choose ${name}`, exact: true });
    await box.waitFor();
    expect(await box.getAttribute("aria-disabled")).toBe("true");
    const description = await box.evaluate((each) =>
      each.ariaDescribedByElements?.map((element) => element.textContent).join(" "),
    );
    expect(description).toBe(reason);
    await box.focus(); // it can be reached, so that the reason is heard
    await focused(box);
    await page.keyboard.press("Space");
    expect(await box.isChecked()).toBe(false);
  }
  await page.getByRole("checkbox", { name: "Choose all shown that can be imported" }).check();
  expect(await page.getByRole("checkbox", { name: "Choose Sunshine Holdings LLC" }).isChecked()).toBe(false);
  expect(await page.getByRole("checkbox", { name: "Choose Robert Hale", exact: true }).isChecked()).toBe(true);
});

journey("6. Linked: link opens its watch", async ({ server, page }) => {
  await firmWith(server, 1002);
  await signIn(page, undefined, "/integrations/matters");
  await page.getByRole("row", { name: "Maeve O'Brien" }).waitFor();
  expect(await page.getByRole("row", { name: "Robert Hale" }).count()).toBe(0);
  await page.getByRole("button", { name: /^Imported/ }).click();
  await page.getByRole("menuitemradio", { name: "Any", exact: true }).click();
  const hale = page.getByRole("row", { name: "Robert Hale" });
  await hale.getByText("Already a watch:").waitFor();
  expect(await hale.getByRole("checkbox").count()).toBe(0);
  await hale.getByRole("link", { name: "Hale, Robert" }).click();
  await page.getByRole("heading", { name: "Robert Hale", level: 1 }).waitFor();
});
