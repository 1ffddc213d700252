// A day on the ward: the physician orders and signs, the laboratory reports, somebody reads back, the nurse gives, the
// pharmacist reconciles, and the analyst looks at the rule that spoke. At desktop and phone width.
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

/** Opens the chart of the first inpatient of a ward; resolves to its address. */
async function inpatient(page, root) {
  await page.goto(`${root}/patients?at=in`);
  await work(page).locator("tbody th a").first().click();
  await page.waitForURL(/summary/);
  return page.url().replace("/summary", "");
}

const day = {
  /** The physician records an allergy, orders by a set, is warned, and signs with a reason. */
  async physician(page, chart, look) {
    await page.goto(`${chart}/allergy`);
    await work(page).getByLabel("Allergic to").fill("penicillin G");
    await work(page).getByLabel("What happens").fill("hives");
    await work(page).getByRole("button", { name: "Record" }).click();
    await page.getByText(/^Recorded an allergy/).waitFor();
    await page.goto(`${chart}/order`);
    await look("choose");
    await work(page).getByRole("link", { name: "Sepsis" }).click();
    await look("order-set");
    await work(page).getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText(/Allergy conflict/).first().waitFor();
    await look("warned");
    await work(page).getByLabel("Why you sign it nevertheless").fill("Given twice without harm");
    await work(page).getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText(/^Signed \d+ orders/).waitFor();
    await page.goto(`${chart}/order?orderable=med-furosemide`);
    await look("order");
    await work(page).getByLabel("Dose", { exact: true }).fill("a lot");
    await work(page).getByRole("button", { name: "Draft the order" }).click();
    await page.getByText("'a lot' is not a number").first().waitFor();
    assert.equal(await work(page).getByLabel("Dose", { exact: true }).inputValue(), "a lot");
    await work(page).getByLabel("Dose", { exact: true }).fill("40");
    await work(page).getByRole("button", { name: "Draft the order" }).click();
    await page.getByText(/^Drafted/).waitFor();
    await work(page).getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText(/^Signed 1 order/).waitFor();
    await look("orders");
  },

  /** The laboratory reports a lactate that cannot wait; somebody finds it in the in-basket and reads it back. */
  async criticalResult(page, root, chart, look) {
    await page.goto(`${chart}/orders`);
    await work(page).getByRole("link", { name: "Report on Lactate" }).click();
    await look("report");
    await work(page).getByLabel("Lactate").fill("6.2");
    await work(page).getByRole("button", { name: "Report" }).click();
    await page.getByText(/waits for acknowledgement/).first().waitFor();
    await look("results");
    await page.goto(`${root}/in-basket`);
    await look("in-basket");
    await work(page).getByRole("link", { name: /^Acknowledge Lactate/ }).first().click();
    await work(page).getByLabel("Read back").fill("Lactate 6.2");
    await work(page).getByLabel("What is done about it").fill("Fluids, repeat in two hours");
    await look("acknowledge");
    await work(page).getByRole("button", { name: "Acknowledge", exact: true }).click();
    await page.getByText("Acknowledged the result.").waitFor();
  },

  /** The pharmacist finds the orders, returns one, gives one another dose, and verifies the rest. */
  async verification(page, root, chart, look) {
    await page.goto(`${root}/in-basket`);
    await look("orders-to-verify");
    await work(page).getByRole("link", { name: /^Verify Furosemide/ }).first().click();
    await look("verify");
    await work(page).getByRole("link", { name: "Return to the prescriber…" }).click();
    await work(page).getByLabel("What the prescriber should change").fill("The pressure is low. Is it meant?");
    await look("return-order");
    await work(page).getByRole("button", { name: "Return it" }).click();
    await page.getByText(/^Returned the order/).waitFor();
    await work(page).getByRole("link", { name: "Answer the pharmacist about Furosemide" }).click();
    await work(page).getByLabel("Your answer").fill("Measured again: 128 over 80.");
    await look("sign-again");
    await work(page).getByRole("button", { name: "Sign it as it is" }).click();
    await page.getByText(/^Signed 1 order/).waitFor();
    await look("orders-in-force");
    await work(page).getByRole("link", { name: "Verify Furosemide" }).click();
    await work(page).getByRole("link", { name: "Change…" }).click();
    await work(page).getByLabel("Dose", { exact: true }).fill("20");
    await work(page).getByLabel("Why, for the prescriber").fill("First dose at this age");
    await look("change-order");
    await work(page).getByRole("button", { name: "Change it" }).click();
    await page.getByText(/^Changed the order/).waitFor();
    await page.goto(`${root}/in-basket`);
    await work(page).getByRole("link", { name: /^Countersign Furosemide/ }).first().click();
    await look("cosign");
    await work(page).getByRole("button", { name: "Countersign" }).click();
    await page.getByText("Countersigned the order.").waitFor();
    await page.goto(`${chart}/administration`);
    await look("not-verified");
    await work(page).getByRole("link", { name: "Give Piperacillin" }).first().click();
    await page.getByText("No pharmacist has verified this order").waitFor();
    await look("give-unverified");
  },

  /** The nurse gives a dose: not to the wrong wristband, and late only with a reason. */
  async nurse(page, chart, look) {
    await page.goto(`${chart}/administration`);
    await look("administration");
    await work(page).getByRole("link", { name: "Give Furosemide" }).click();
    const mrn = await page.locator(".patient code").first().textContent();
    await work(page).getByLabel("Wristband").fill("0000000");
    await work(page).getByLabel("Package").fill("313988");
    await work(page).getByLabel("Why at another time, or another amount").fill("First dose at once");
    await work(page).getByRole("button", { name: "Record", exact: true }).click();
    await page.getByText(/is not the patient of this order/).first().waitFor();
    await look("wrong-patient");
    await work(page).getByLabel("Wristband").fill(mrn);
    await work(page).getByRole("button", { name: "Record", exact: true }).click();
    await page.getByText(/^Recorded a dose as given/).waitFor();
    await page.goto(`${chart}/note?kind=sbar`);
    assert.match(await work(page).getByLabel("Note", { exact: false }).last().inputValue(), /SITUATION/);
    await look("sbar");
    await work(page).getByRole("button", { name: "Sign and keep" }).click();
    await page.getByText(/^Wrote a note/).waitFor();
    await look("notes");
  },

  /** The pharmacist decides on each medicine for the way home. */
  async pharmacist(page, chart, look) {
    await page.goto(`${chart}/reconcile?at=discharge`);
    await look("reconcile");
    const decisions = work(page).getByLabel("Decision");
    for (let at = 0; at < (await decisions.count()); at += 1) await decisions.nth(at).selectOption("continue");
    await work(page).getByRole("button", { name: "Reconcile" }).click();
    await page.getByText(/^Reconciled the medicines/).waitFor();
  },

  /** The analyst sees how the rule was answered, tries it on the past, changes it and takes the change back. */
  async analyst(page, root, look) {
    await page.goto(`${root}/build`);
    await look("build");
    await work(page).getByRole("link", { name: "Allergy conflict" }).click();
    await page.getByText("Given twice without harm").waitFor();
    await work(page).getByRole("button", { name: "Try it on the past" }).click();
    await page.getByText("Orders looked at").waitFor();
    await work(page).getByLabel("What it says").fill("Ask about the reaction first.");
    await work(page).getByRole("button", { name: "Keep as a new version" }).click();
    await page.getByText("Kept Allergy conflict.").waitFor();
    await look("rule");
    await work(page).getByRole("button", { name: "Restore version 1" }).click();
    await page.getByText("Version 3").waitFor();
    assert.match(await work(page).getByLabel("What it says").inputValue(), /allergic to this medicine/);
    for (const page_ of ["order-set?id=set-sepsis", "orderable?id=med-metformin"]) {
      await page.goto(`${root}/build/${page_}`);
      await look(page_.split("?")[0] + "-editor");
    }
  },
};

for (const view of VIEWS.filter(({ name }) => ["wide-light", "narrow-dark"].includes(name))) {
  test(`a day on the ward, ${view.name}`, { skip }, async () => {
    const { name, ...options } = view;
    const page = await asNewLearner(browser, practicum.run, "Wanda Ward", `ward-${name}`, options);
    const root = await startLab(page, practicum.url, "first-shift");
    const look = async (what) => {
      await picture(page, `ward-${what}-${name}`);
      await assertAccessible(page, `${what} ${name}`);
      await assertReflow(page, `${what} ${name}`);
    };
    const chart = await inpatient(page, root);
    await day.physician(page, chart, look);
    await day.criticalResult(page, root, chart, look);
    await day.verification(page, root, chart, look);
    await day.nurse(page, chart, look);
    await day.pharmacist(page, chart, look);
    await day.analyst(page, root, look);
    assertNoTrouble(page, /422/);
    await page.context().close();
  });
}
