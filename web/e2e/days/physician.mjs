// The physician: what is wrong, what is done about it, and the way home.
import { work } from "../labs/workspace.mjs";
import { draft, workAs } from "./shared.mjs";

/** The morning: an allergy and a problem recorded, a drug and a test ordered. */
export async function physicianAdmits(page, root, { chart }, look) {
  await workAs(page, root, "Physician");
  await page.goto(`${chart}/allergy`);
  await work(page).getByLabel("Allergic to").fill("penicillin G");
  await work(page).getByLabel("What happens").fill("hives");
  await work(page).getByRole("button", { name: "Record" }).click();
  await page.getByText(/^Recorded an allergy/).waitFor();
  await page.goto(`${chart}/problem`);
  await work(page).getByLabel("Problem").first().fill("Fracture of the wrist");
  await look("problem");
  await work(page).getByRole("button", { name: "Add" }).click();
  await page.getByText(/^Added a problem/).waitFor();
  for (const orderable of ["med-furosemide", "lab-potassium"]) await draft(page, chart, orderable);
  await work(page).getByRole("button", { name: "Sign", exact: true }).click();
  await page.getByText(/^Signed 2 orders/).waitFor();
  await look("physician-orders");
}

/** The evening: looks at the results of the day and sends the patient home. */
export async function physicianDischarges(page, root, { chart }, look) {
  await workAs(page, root, "Physician");
  await page.goto(`${chart}/results`);
  await look("physician-results");
  await page.goto(`${chart}/discharge`);
  await work(page).getByLabel("Goes to").selectOption("home");
  await work(page).getByRole("button", { name: "Discharge" }).click();
  await page.getByText(/^Discharged/).waitFor();
}
