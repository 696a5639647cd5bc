import type { Locator, Page } from "playwright-core";
import type { Api } from "./api.ts";
import type { Server } from "./server.ts";

/** A firm that is connected to Clio, with watches by the matters' ids. */
export interface Firm {
  api: Api;
  watches: Map<number, string>;
  /** The address of the page of a matter's watch. */
  pageOf: (matterId: number) => string;
}

/** Sets up a firm that is connected to Clio, and imports matters. */
export async function firmWith(server: Server, ...matterIds: number[]): Promise<Firm> {
  const api = await server.signUp();
  await server.connect(api);
  const watches = await server.import(api, ...matterIds);
  return { api, watches, pageOf: (matterId) => `/watches/${watches.get(matterId)}` };
}

const watchFields = `
  firstName lastName dateOfBirth city state caseNumber assignedTo caseType dateOfInterest status version
  clioLink { state contactId clientName matterId }
  conflicts { id field local clio }
  syncedFields { field value clio origin }
`;

/** The watch, as the API has it. */
export async function watchOf(api: Api, id: string | undefined) {
  const { watch } = await api.ask(`query ($id: ID!) { watch(id: $id) { ${watchFields} } }`, { id });
  return watch;
}

/** Edits a watch by the API. */
export async function edit(api: Api, id: string | undefined, input: object): Promise<void> {
  await api.ask(
    "mutation ($id: ID!, $input: UpdateWatchInput!) { updateWatch(id: $id, input: $input) { userErrors { message } } }",
    { id, input },
  );
}

/** Syncs a watch by the API. */
export async function sync(api: Api, id: string | undefined): Promise<void> {
  await api.ask("mutation ($id: ID!) { syncWatch(id: $id) { userErrors { message } } }", { id });
}

/** Chooses what happens to an edit where Clio has another value. */
export async function resolve(api: Api, conflictResolution: "KEEP_LOCAL" | "USE_CLIO" | "ASK"): Promise<void> {
  await api.ask(
    "mutation ($input: UpdateSyncSettingsInput!) { updateSyncSettings(input: $input) { userErrors { message } } }",
    { input: { conflictResolution } },
  );
}

/** A row of a table, by its row header. */
export function row(page: Page | Locator, header: string): Locator {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: header, exact: true }) });
}

/** Waits until a text is read out. */
export async function heard(page: Page, words: string | RegExp): Promise<void> {
  await page.locator("[aria-live]").filter({ hasText: words }).first().waitFor({ state: "attached" });
}

/** Waits until an element has the keyboard's focus. */
export async function focused(target: Locator): Promise<void> {
  const element = await target.elementHandle();
  await target.page().waitForFunction((wanted) => document.activeElement === wanted, element);
}

/** Presses Tab until an element has the focus, as somebody without a mouse does. */
export async function tabTo(target: Locator): Promise<void> {
  const page = target.page();
  for (let presses = 0; presses < 100; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not get to ${target}`);
}
