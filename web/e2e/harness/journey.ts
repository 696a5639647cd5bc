import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { axeScript, expectAccessible } from "./axe.ts";
import { dana, Server } from "./server.ts";

/** The two sizes at which the console is tried. */
export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** What a journey begins with. */
export interface Journey {
  server: Server;
  /** A browser's window, with nobody signed in. */
  page: Page;
  /** Opens another browser, with a session of its own. */
  browser: (size?: { width: number; height: number }) => Promise<Page>;
}

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/**
 * Defines a journey: a server and a Clio of its own, and a browser. At its end every page that was opened is accessible in both themes, said
 * nothing in the console, and asked no other host.
 */
export function journey(name: string, walk: (journey: Journey) => Promise<void>, size = sizes.desk) {
  test(name, async () => {
    const server = await Server.start(inject("binary"));
    const chrome = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const pages: Page[] = [];
    const complaints: string[] = [];
    const browser = async (at = size) => {
      const page = await open(chrome, server, at, complaints);
      pages.push(page);
      return page;
    };
    try {
      await walk({ server, page: await browser(), browser });
      for (const page of pages) if (!page.isClosed()) await expectAccessible(page);
      expect(complaints).toEqual([]);
    } catch (problem) {
      await tell(pages);
      throw problem;
    } finally {
      await chrome.close();
      await server.stop();
    }
  });
}

async function open(chrome: Browser, server: Server, viewport: typeof sizes.desk, complaints: string[]): Promise<Page> {
  const context: BrowserContext = await chrome.newContext({
    viewport,
    baseURL: server.address,
    hasTouch: viewport.width < 500,
    timezoneId: "America/New_York",
    reducedMotion: "reduce",
  });
  await context.addInitScript(axeScript);
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (origin !== server.address && origin !== server.clio.address) complaints.push(`asked ${origin}`);
  });
  return page;
}

/** Says what the pages of a failed journey show. */
async function tell(pages: Page[]) {
  for (const page of pages) {
    if (page.isClosed()) continue;
    const shown = await page
      .locator("body")
      .ariaSnapshot()
      .catch(() => "");
    console.log(`${page.url()}\n${shown}`);
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/${Date.now()}.png`, fullPage: true });
  }
}

/** Signs in by the page of sign-in, and waits for the list of watches. */
export async function signIn(
  page: Page,
  who: { email: string; password: string } = dana,
  path = "/watches",
): Promise<void> {
  await page.goto(path);
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByLabel("Password", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: /your account/ }).waitFor();
}
