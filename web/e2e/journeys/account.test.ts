import { expect } from "vitest";
import { journey, signIn } from "../harness/journey.ts";
import { dana, ikenna } from "../harness/server.ts";

journey("1. Sign up: an empty start, and connecting Clio is next", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Set up your firm" }).click();
  await page.getByLabel("Firm").fill("Harlan, Osei & Brandt LLP");
  await page.getByLabel("Your name").fill(dana.name);
  await page.getByLabel("E-mail").fill(dana.email);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Set up your firm" }).click();
  await page.getByRole("alert").getByText("There is 1 thing to put right").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(dana.password);
  await page.getByRole("button", { name: "Set up your firm" }).click();
  await page.getByRole("heading", { name: "Welcome, Dana" }).waitFor();
  expect(await page.getByRole("button", { name: "Connect Clio" }).count()).toBe(1);
});

journey("30. A member has no settings, tokens or audit trail, also by address", async ({ server, page }) => {
  await server.join(await server.signUp());
  await signIn(page, ikenna, "/settings/profile");
  await page.getByRole("heading", { name: "Password" }).waitFor();
  expect(await page.getByRole("navigation", { name: "Settings" }).getByRole("link").allTextContents()).toEqual([
    "Profile",
    "Members",
  ]);
  await page.goto("/settings/tokens");
  await page.getByText("API tokens are for administrators").waitFor();
  await page.goto("/settings/audit");
  await page.getByText("The audit trail is for administrators").waitFor();
});

journey("31. An invitation works once", async ({ server, page, browser }) => {
  await server.signUp();
  await signIn(page, dana, "/settings/members");
  await page.getByLabel("E-mail").fill(ikenna.email);
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog", { name: `An invitation for ${ikenna.email}` });
  const address = (await dialog.getByText("/invite/").textContent()) ?? "";
  await dialog.getByRole("button", { name: "Close" }).click();

  const other = await browser();
  await other.goto(address);
  await other.getByLabel("Your name").fill(ikenna.name);
  await other.getByLabel("Password", { exact: true }).fill(ikenna.password);
  await other.getByRole("button", { name: "Join" }).click();
  await other.getByRole("navigation", { name: "Main", exact: true }).waitFor();

  const third = await browser();
  await third.goto(address);
  await third.getByLabel("Your name").fill("Somebody else");
  await third.getByLabel("Password", { exact: true }).fill("watch-and-keep");
  await third.getByRole("button", { name: "Join" }).click();
  await third.getByText("This link has been used or is over 7 days old. Ask for a new one.").waitFor();
});
