// Takes the pictures of the README from the demo: the list, a watch after a sync, and a run that needs attention.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const root = new URL("../..", import.meta.url).pathname;
const folder = `${root}docs/pictures`;

const demo = spawn("go", ["run", ".", "demo"], { cwd: root, detached: true, stdio: ["ignore", "pipe", "inherit"] });
try {
  const { address, email, password } = await ready();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  mkdirSync(folder, { recursive: true });
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();

  await page.getByRole("table").waitFor();
  await take(page, "watches");

  await page.goto(`${address}/integrations/runs`);
  await page.getByRole("table").waitFor();
  const attention = page
    .locator("main tr", { hasText: /identity|conflict/i })
    .getByRole("link")
    .first();
  await attention.click();
  await page.getByRole("button", { name: /Download CSV/ }).waitFor();
  await take(page, "run");

  await page.goto(`${address}/watches`);
  await page
    .locator("main")
    .getByRole("link", { name: /Hale, Robert/ })
    .click();
  await page.getByRole("button", { name: "Sync from Clio" }).click();
  await page.getByText(/Synced from Clio just now|Clio agrees/).waitFor();
  await take(page, "watch");
  await browser.close();
} finally {
  process.kill(-demo.pid, "SIGINT");
}

/** Waits until the demo serves, and returns what it prints: its address and a login. */
function ready() {
  return new Promise((resolve, reject) => {
    let address;
    createInterface({ input: demo.stdout }).on("line", (line) => {
      address ??= /^Open (\S+) in a browser/.exec(line)?.[1];
      const login = /sign in as (\S+), password (\S+)/.exec(line);
      if (address && login) resolve({ address, email: login[1], password: login[2] });
    });
    demo.once("exit", () => reject(new Error("the demo ended")));
  });
}

async function take(page, name) {
  await page.waitForLoadState("networkidle");
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${folder}/${name}.png` });
}
