// The pharmacist: every drug looked at for the way home, and no signature.
import assert from "node:assert/strict";
import { work } from "../labs/workspace.mjs";
import { draft, workAs, writeNote } from "./shared.mjs";

/** Looks at the drugs, drafts one, reconciles for discharge and writes it down; may neither sign nor register. */
export async function pharmacist(page, root, { chart }, look) {
  await workAs(page, root, "Pharmacist");
  await page.goto(`${chart}/medications`);
  await look("pharmacist-medications");
  await draft(page, chart, "med-acetaminophen");
  assert.equal(await work(page).getByRole("button", { name: "Sign", exact: true }).count(), 0, "drafts, and does not sign");
  await page.goto(`${chart}/administration`);
  assert.equal(await work(page).getByRole("link", { name: /^Give / }).count(), 0, "gives nothing");
  await page.goto(`${chart}/reconcile?at=discharge`);
  const decisions = work(page).getByLabel("Decision");
  for (let at = 0; at < (await decisions.count()); at += 1) await decisions.nth(at).selectOption("continue");
  await look("pharmacist-reconciles");
  await work(page).getByRole("button", { name: "Reconcile" }).click();
  await page.getByText(/^Reconciled the medicines/).waitFor();
  await writeNote(page, chart, "Furosemide goes on; potassium in two days.");
  await page.goto(`${root}/register`);
  await work(page).getByText(/^The role pharmacist may not register patients/).waitFor();
}
