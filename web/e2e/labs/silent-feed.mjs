// The silent feed: find the interface whose queue grows, read the head of it, mend the cause, and see the department agree.
import assert from "node:assert/strict";
import { answer, waitForCheck, work } from "./workspace.mjs";

const REMEDIES = [
  [/certificate has expired/, "Renew certificate"],
  [/disk is full/, "Free disk"],
  [/account is locked/, "Unlock account"],
  [/waits for an answer/, "Restart sender"],
];

/** A remedy that is not against what is said is refused, with status 422. */
export const refused = /422/;

/** The interface whose row on the map says that something waits. */
async function silent(page, root) {
  await page.goto(`${root}/map`);
  const rows = work(page).getByRole("row").filter({ has: page.locator("a[href*='/map/']") });
  for (const row of await rows.all()) {
    if (/stalled|expired|full|locked/.test(await row.innerText())) return (await row.getByRole("link").first().innerText()).trim();
  }
  return assert.fail("no interface stands still");
}

/** PID-3 of the message that has waited longest: the last of those that wait. */
async function headNumber(page) {
  const waiting = work(page).locator(".map-message").filter({ hasText: "waiting" }).last();
  await waiting.locator("summary").click();
  const text = await waiting.locator("code, pre").filter({ hasText: "PID|" }).first().innerText();
  return /PID\|[^|]*\|[^|]*\|([^|^]+)/.exec(text)[1];
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const name = await silent(page, root);
  await look("map");
  await page.goto(`${root}/map/${name}`);
  const number = await headNumber(page);
  await look("interface");
  await answer(page, "which", name);
  await waitForCheck(page, "which", "passed");
  await answer(page, "head", number);
  await waitForCheck(page, "head", "passed");

  // Started without being mended, it is down again at once.
  await page.goto(`${root}/map/${name}`);
  await work(page).getByRole("button", { name: "Start", exact: true }).click();
  await page.getByText("down again at once").first().waitFor();
  await page.goto(`${root}/map/${name}`);
  const said = await work(page).locator(".facts").first().innerText();
  const [, remedy] = REMEDIES.find(([pattern]) => pattern.test(said));
  await work(page).getByRole("button", { name: remedy, exact: true }).click();
  await page.getByText("Mended. Messages move again.").waitFor();
  for (const check of ["admitted", "moved", "moved-on", "left", "once"]) await waitForCheck(page, check, "passed");
  await look("mended");
}
