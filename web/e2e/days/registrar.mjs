// The registrar: the front desk, and nothing of what is behind it.
import assert from "node:assert/strict";
import { work } from "../labs/workspace.mjs";
import { offers, sendForm, workAs } from "./shared.mjs";

/** Waits for the new chart; resolves to its address. */
async function registered(page) {
  await page.getByText(/^Registered/).waitFor();
  return page.url().replace("/summary", "");
}

/** The registrar forgives a typo, is warned of a second chart, makes it nevertheless, and sees no results. */
export async function registrar(page, root, look) {
  await workAs(page, root, "Registrar");
  await sendForm(page, root, "Quillfeather");
  const chart = await registered(page);
  await page.goto(`${root}/patients?q=Quilfeahter`);
  await work(page).getByRole("heading", { name: "Nearly the same" }).waitFor();
  await look("nearly-the-same");
  await sendForm(page, root, "Quillfaether");
  await page.getByText("Somebody much like this has a chart").waitFor();
  await look("much-like-this");
  await work(page).getByLabel("I have made sure that this is somebody else").check();
  await work(page).getByRole("button", { name: "Register" }).click();
  const double = await registered(page);
  await page.goto(`${chart}/admit`);
  const bed = work(page).getByLabel("Bed");
  await bed.selectOption({ index: 1 });
  const label = (await bed.locator("option:checked").textContent()).split(",")[0];
  await work(page).getByLabel("Why the patient comes in").fill("Fell on the stairs");
  await work(page).getByRole("button", { name: "Admit" }).click();
  await page.getByText(/^Admitted/).waitFor();
  await look("front-desk");
  assert.equal(await work(page).getByRole("link", { name: "Results" }).count(), 0);
  await page.goto(`${chart}/results`);
  await work(page).getByText(/^The role registrar may not see problems/).waitFor();
  await look("not-permitted");
  assert.equal(await offers(page, chart, "Record vital signs…"), false);
  return { chart, double, label };
}
