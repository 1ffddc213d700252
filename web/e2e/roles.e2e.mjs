// Several people's day with one learner behind all of them: the registrar, the bed manager, the nurse, the physician, the
// pharmacist, the clerk of health information management and the analyst. At desktop and phone width.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { VIEWS, assertAccessible, assertNoTrouble, assertReflow, launch, picture, skip as noBrowser } from "./browser.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asNewLearner } from "./people.mjs";
import { startLab, work } from "./labs/workspace.mjs";

const skip = noBrowser || noBinary;

let browser;
let practicum;

before(async () => {
  if (skip) return;
  practicum = await start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await practicum?.stop();
});

/** Goes on as another role, by keyboard, on a page that every role but the analyst may see. */
async function workAs(page, root, role) {
  await page.goto(`${root}/journal`);
  const switcher = work(page).getByLabel("Working as");
  await switcher.focus();
  await switcher.selectOption({ label: role });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText(`You work as ${role} now.`).waitFor();
}

/** Fills in the front desk's form and sends it. */
async function sendForm(page, root, family) {
  await page.goto(`${root}/register`);
  await work(page).getByLabel("Family name").fill(family);
  await work(page).getByLabel("Given names").fill("Nora");
  await work(page).getByLabel("Date of birth").fill("1984-02-29");
  await work(page).getByLabel("Administrative sex").selectOption("female");
  await work(page).getByRole("button", { name: "Register" }).click();
}

/** Waits for the new chart; resolves to its address. */
async function registered(page) {
  await page.getByText(/^Registered/).waitFor();
  return page.url().replace("/summary", "");
}

const day = {
  /** The registrar forgives a typo, is warned of a second chart, makes it nevertheless, and sees no results. */
  async registrar(page, root, look) {
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
    return { chart, double, label };
  },

  /** The nurse measures, and opens a restricted chart only with a reason. */
  async nurse(page, root, { chart }, look) {
    await workAs(page, root, "Nurse");
    await page.goto(`${chart}/vitals`);
    await work(page).getByLabel("Heart rate").fill("91");
    await work(page).getByRole("button", { name: "Record" }).click();
    await page.getByText(/^Recorded 1 measurement/).waitFor();
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
  },

  /** The physician orders, signs, and sends the patient home. */
  async physician(page, root, { chart }) {
    await workAs(page, root, "Physician");
    await page.goto(`${chart}/order?orderable=lab-potassium`);
    await work(page).getByRole("button", { name: "Draft the order" }).click();
    await page.getByText(/^Drafted/).waitFor();
    await work(page).getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText(/^Signed 1 order/).waitFor();
    await page.goto(`${chart}/discharge`);
    await work(page).getByLabel("Goes to").selectOption("home");
    await work(page).getByRole("button", { name: "Discharge" }).click();
    await page.getByText(/^Discharged/).waitFor();
  },

  /** The pharmacist looks at the drugs and writes a note, but may not register. */
  async pharmacist(page, root, { chart }) {
    await workAs(page, root, "Pharmacist");
    await page.goto(`${chart}/medications`);
    await page.goto(`${chart}/note`);
    await work(page).getByLabel("Note", { exact: false }).last().fill("No drugs to reconcile.");
    await work(page).getByRole("button", { name: "Sign and keep" }).click();
    await page.getByText(/^Wrote a note/).waitFor();
    await sendForm(page, root, "Quillfeather");
    await work(page).getByText(/^The role pharmacist may not register patients/).waitFor();
  },

  /** The bed manager has the bed cleaned that the patient left. */
  async bedManager(page, root, { label }, look) {
    await workAs(page, root, "Bed manager");
    await page.goto(`${root}/beds`);
    await look("beds");
    await work(page).getByRole("button", { name: `Begin cleaning: ${label}` }).click();
    await page.getByText(/is cleaning now/).waitFor();
    await work(page).getByRole("button", { name: `Clean now: ${label}` }).click();
    await page.getByText(/is clean now/).waitFor();
  },

  /** The clerk merges the two charts, sees who looked into the restricted one, and takes the merge back. */
  async clerk(page, root, { chart, double }, secret, look) {
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
  },

  /** The analyst lets nurses register and takes it back. */
  async analyst(page, root, look) {
    await workAs(page, root, "Analyst");
    await page.goto(`${root}/build/roles`);
    await look("roles");
    const box = work(page).getByLabel("Nurse may register patients");
    await box.focus();
    await page.keyboard.press("Space");
    await work(page).getByRole("button", { name: "Keep as a new version" }).click();
    await page.getByText("Kept the roles.").waitFor();
    assert.ok(await box.isChecked());
    await look("roles-kept");
    await work(page).getByRole("button", { name: "Restore version 1" }).click();
    await page.getByText("Version 3").waitFor();
    assert.ok(!(await box.isChecked()));
  },
};

for (const view of VIEWS.filter(({ name }) => ["wide-light", "narrow-dark"].includes(name))) {
  test(`many people's day, ${view.name}`, { skip }, async () => {
    const { name, ...options } = view;
    const page = await asNewLearner(browser, practicum.run, "Rosa Roles", `roles-${name}`, options);
    page.setDefaultTimeout(20_000);
    const root = await startLab(page, practicum.url, "first-shift");
    const look = async (what) => {
      await picture(page, `roles-${what}-${name}`);
      await assertAccessible(page, `${what} ${name}`);
      await assertReflow(page, `${what} ${name}`);
    };
    const stay = await day.registrar(page, root, look);
    const secret = await day.nurse(page, root, stay, look);
    await day.physician(page, root, stay);
    await day.pharmacist(page, root, stay);
    await day.bedManager(page, root, stay, look);
    await day.clerk(page, root, stay, secret, look);
    await day.analyst(page, root, look);
    assertNoTrouble(page, /422|403/);
    await page.context().close();
  });
}
