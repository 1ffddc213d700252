// The nurse: measures, gives, calls, takes note of what cannot wait, and hands over.
import assert from "node:assert/strict";
import { work } from "../labs/workspace.mjs";
import { draft, workAs, writeNote } from "./shared.mjs";

/** A shift with one patient; resolves to the address of a restricted chart that was opened with a reason. */
export async function nurse(page, root, { chart }, look) {
  await workAs(page, root, "Nurse");
  await measure(page, chart);
  await give(page, chart, look);
  await callCritical(page, root, chart);
  await draft(page, chart, "lab-sodium");
  assert.equal(await work(page).getByRole("button", { name: "Sign", exact: true }).count(), 0, "drafts, and does not sign");
  await look("nurse-drafts");
  await writeNote(page, chart, "Slept well, no pain.", "sbar");
  return breakGlass(page, root, look);
}

async function measure(page, chart) {
  await page.goto(`${chart}/vitals`);
  await work(page).getByLabel("Heart rate").fill("91");
  await work(page).getByRole("button", { name: "Record" }).click();
  await page.getByText(/^Recorded 1 measurement/).waitFor();
}

/** The five rights at the bedside. */
async function give(page, chart, look) {
  await page.goto(`${chart}/administration`);
  await work(page).getByRole("link", { name: "Give Furosemide" }).click();
  await work(page).getByLabel("Wristband").fill(await page.locator(".patient code").first().textContent());
  await work(page).getByLabel("Package").fill("313988");
  await work(page).getByLabel("Why it cannot wait").selectOption({ index: 1 });
  await work(page).getByLabel("Why at another time, or another amount").fill("First dose at once");
  await look("nurse-gives");
  await work(page).getByRole("button", { name: "Record", exact: true }).click();
  await page.getByText(/^Recorded a dose as given/).waitFor();
}

/** A result that cannot wait, from the bench to the one who reads it back. */
async function callCritical(page, root, chart) {
  await page.goto(`${chart}/orders`);
  await work(page).getByRole("link", { name: "Report on Potassium" }).click();
  await work(page).getByLabel("Potassium").fill("6.9");
  await work(page).getByRole("button", { name: "Report" }).click();
  await page.getByText(/waits for acknowledgement/).first().waitFor();
  await page.goto(`${root}/in-basket`);
  await work(page).getByRole("link", { name: /^Acknowledge Potassium/ }).first().click();
  await work(page).getByLabel("Read back").fill("Potassium 6.9");
  await work(page).getByLabel("What is done about it").fill("Told the physician, ECG now");
  await work(page).getByRole("button", { name: "Acknowledge", exact: true }).click();
  await page.getByText("Acknowledged the result.").waitFor();
}

/** A restricted chart opens with a reason only. */
async function breakGlass(page, root, look) {
  const sandbox = await page.locator(".hospital-id code").textContent();
  const restricted = await page.evaluate(async (id) => (await fetch(`/s/${id}/fhir/Patient?_security=R&_count=1`)).json(), sandbox);
  assert.ok(restricted.entry?.length, "the hospital has a restricted chart");
  const secret = `${root}/patients/${restricted.entry[0].resource.id}`;
  await page.goto(`${secret}/summary`);
  await page.waitForURL(/break-glass/);
  await look("break-glass");
  await work(page).getByLabel("Why you need this chart now").fill("no");
  await work(page).getByRole("button", { name: "Open the chart" }).click();
  await page.getByText(/fewer than 8 characters/).first().waitFor();
  await work(page).getByLabel("Why you need this chart now").fill("I take over her care tonight");
  await work(page).getByRole("button", { name: "Open the chart" }).click();
  await page.getByText(/is open to you for 4 hours/).waitFor();
  return secret;
}
