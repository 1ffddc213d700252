// Health information management: one chart a person, and who looked where.
import assert from "node:assert/strict";
import { work } from "../labs/workspace.mjs";
import { offers, workAs } from "./shared.mjs";

/** The clerk merges the two charts, sees who looked into the restricted one, and takes the merge back. */
export async function clerk(page, root, { chart, double, secret }, look) {
  await workAs(page, root, "HIM clerk");
  await page.goto(`${chart}/merge`);
  await work(page).getByLabel(/Quillfaether/).check();
  await work(page).getByLabel("Why the two charts are of one person").fill("Misspelt at the desk");
  await look("merge");
  await work(page).getByRole("button", { name: "Merge" }).click();
  await page.getByText(/^Merged/).waitFor();
  await page.goto(`${double}/summary`);
  await work(page).getByText("this chart is retired").waitFor();
  await work(page).getByRole("link", { name: "Unmerge…" }).click();
  await work(page).getByLabel("Why the charts are of two people").fill("They are twins");
  await look("unmerge");
  await work(page).getByRole("button", { name: "Take the merge back" }).click();
  await page.getByText(/^Took the merge/).waitFor();
  await page.goto(`${secret}/journal`);
  await work(page).getByText("I take over her care tonight").waitFor();
  await look("who-looked");
  await page.goto(`${chart}/notes`);
  await work(page).getByText("Slept well, no pain.").first().waitFor();
  assert.equal(await offers(page, chart, "Write a note…"), false, "reads notes, writes none");
}
