// The role matrix with the keyboard alone: nearly two hundred boxes, a handful of them wrong.
import assert from "node:assert/strict";
import { press, typeInto, walkTo } from "./keyboard.mjs";
import { mistakes, read, tryOutside } from "./role-matrix.mjs";
import { resources, waitForCheck } from "./workspace.mjs";

async function workAs(page, role) {
  await walkTo(page, "#working-as");
  await page.keyboard.type(await page.locator(`#working-as option[value="${role}"]`).textContent());
  await press(page, "Switch");
  await page.getByText(/^You work as /).waitFor();
}

/** The forms by which a role tries what it may do. They may complain. */
const TRIES = {
  administer_medication: async (page, chart) => {
    await page.goto(`${chart}/administration`);
    await walkTo(page, 'a[href*="/give?"]');
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/give\?/);
    await typeInto(page, "#wristband", "0000000");
    await page.keyboard.press("Enter");
  },
  merge_patients: async (page, chart) => {
    await page.goto(`${chart}/merge`);
    await typeInto(page, "#reason", "To see whether I may");
    await page.keyboard.press("Enter");
  },
  break_glass: async (page, chart) => {
    await page.goto(`${chart}/break-glass`);
    await typeInto(page, "#reason", "The patient cannot answer");
    await press(page, "Open the chart");
  },
};

/** The id of the patient with this record number. */
async function patientOf(page, mrn) {
  const sandbox = await page.locator(".hospital-id code").textContent();
  const found = await page.evaluate(async ([id, mrn]) => (await fetch(`/s/${id}/fhir/Patient?identifier=${mrn}`)).json(), [sandbox, mrn]);
  return resources(found)[0].id;
}

/** From the lab's page to the finished lab; addresses are typed where no link leads. */
export async function playByKeyboard(page, url) {
  await page.goto(`${url}/labs/role-matrix`);
  await press(page, "Start");
  // The lab begins as the analyst, who is led to Build, unless the upgrade opened charts to analysts.
  await page.waitForURL(/\/(build|patients)$/);
  const root = page.url().replace(/\/(build|patients)$/, "");
  if (page.url().endsWith("/patients")) await press(page, "Build");
  const asked = await read(page);
  await press(page, "Roles");
  await page.waitForURL(/\/build\/roles$/);
  for (const { label } of await mistakes(page, asked)) {
    await walkTo(page, `input[aria-label="${label}"]`);
    await page.keyboard.press("Space");
  }
  await press(page, "Keep as a new version");
  await waitForCheck(page, "given-back", "passed");
  await waitForCheck(page, "taken-back", "passed");

  const chart = `${root}/patients/${await patientOf(page, asked.mrn)}`;
  await workAs(page, asked.may);
  await TRIES[asked.mayDo](page, chart);
  await waitForCheck(page, "may", "passed");
  await page.goto(`${url}/me/tokens`);
  await typeInto(page, "#label", "the proof");
  await page.keyboard.press("Enter");
  const token = await page.locator("#new-token").textContent();
  await page.goto(`${root}/patients`);
  assert.equal(await tryOutside(page, url, { role: asked.not, command: asked.notDo }, token), 403);
  await page.getByText("Lab finished").first().waitFor();
}
