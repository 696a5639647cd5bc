// Takes the pictures of the README from the demo: the list, a watch after a sync, and a run that needs attention.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const root = new URL("../..", import.meta.url).pathname;
const folder = `${root}docs/pictures`;
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

const demo = spawn("go", ["run", ".", "demo"], { cwd: root, detached: true, stdio: ["ignore", "pipe", "inherit"] });
try {
  const { console: address, clio, email, password } = await ready();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const viewport = { width: 1440, height: 900 };
  const page = await browser.newPage({ viewport, colorScheme: "light", reducedMotion: "reduce" });
  mkdirSync(folder, { recursive: true });
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();

  await page.getByRole("table").waitFor();
  await take(page, "watches");

  await page.goto(`${address}/integrations/runs`);
  await page.getByRole("table").waitFor();
  await page.locator("main tr", { hasText: "identity" }).getByRole("link").first().click();
  await page.getByRole("button", { name: "Download CSV" }).waitFor();
  await take(page, "run");

  const change = { first_name: "Anne", primary_address: { city: "Clearwater", province: "FL" } };
  await fetch(`${clio}/sandbox/contacts/501`, { method: "PATCH", body: JSON.stringify(change) });
  await page.goto(`${address}/watches?q=rivera`);
  await page.locator("main").getByRole("link", { name: "Rivera" }).first().click();
  await page.getByRole("button", { name: "Sync from Clio" }).click();
  await page.getByRole("button", { name: "Undo this sync" }).waitFor();
  await take(page, "watch");
  await browser.close();
} finally {
  process.kill(-demo.pid, "SIGINT");
}

/** Waits until the demo serves, and returns what it prints: the addresses of the console and of its Clio, and a login. */
function ready() {
  const wanted = {
    console: /^Open (\S+) in a browser/,
    clio: /curl -X PATCH (\S+)\/sandbox\//,
    email: /sign in as (\S+),/,
    password: /sign in as \S+, password (\S+)/,
  };
  const found = {};
  return new Promise((resolve, reject) => {
    createInterface({ input: demo.stdout }).on("line", (line) => {
      for (const [name, pattern] of Object.entries(wanted)) found[name] ??= pattern.exec(line)?.[1];
      if (Object.keys(wanted).every((name) => found[name])) resolve(found);
    });
    demo.once("exit", () => reject(new Error("the demo ended")));
  });
}

async function take(page, name) {
  await page.waitForLoadState("networkidle");
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${folder}/${name}.png` });
}
