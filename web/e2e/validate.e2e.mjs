// Validating a resource in the FHIR console: what is wrong, how badly, and where; by keyboard alone.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { VIEWS, assertAccessible, assertNoTrouble, assertReflow, launch, picture, skip as noBrowser } from "./browser.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asNewLearner } from "./people.mjs";
import { startLab, work } from "./labs/workspace.mjs";

const skip = noBrowser || noBinary;
const PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient";

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

for (const { name, ...options } of VIEWS) {
  test(`a resource is validated and mended, ${name}`, { skip }, async () => {
    const page = await asNewLearner(browser, practicum.run, "Vera Valid", `vera-${name}`, options);
    const root = await startLab(page, practicum.url, "fhir-by-hand");
    await page.goto(`${root}/fhir?method=POST&path=Patient`);
    const body = work(page).getByRole("textbox", { name: "Body" });
    const verdict = page.locator("[data-outcome-verdict]");
    const press = async (name) => {
      await work(page).getByRole("button", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
    };
    await body.fill('{\n  "resourceType": "Patient",\n  "name": [{"given": ["Ada"], "family": 7}],\n  "gender": "lady"\n}');
    await press("Validate");
    await verdict.filter({ hasText: /^Not valid: \d+ errors/ }).waitFor();
    await picture(page, `validate-${name}`);
    await assertAccessible(page, `an outcome, ${name}`);
    await assertReflow(page, `an outcome, ${name}`);
    await press("Go to Patient.gender");
    const selected = await body.evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
    assert.equal(selected, '"gender"');
    assert.ok(await body.evaluate((area) => area === document.activeElement), "the caret is in the editor");

    await body.fill('{"resourceType": "Patient", "gender": "female", "name": [{"family": "Moor"}]}');
    await work(page).getByLabel("Profile, beside those it claims").fill(PROFILE);
    await press("Validate");
    await verdict.filter({ hasText: /^Not valid: 1 error/ }).waitFor();
    await body.fill('{"resourceType": "Patient", "gender": "female", "name": [{"family": "Moor"}], "identifier": [{"system": "http://a.example", "value": "1"}]}');
    await press("Validate");
    await verdict.filter({ hasText: /^Valid/ }).waitFor();
    await body.fill("[]");
    await press("Validate");
    await verdict.filter({ hasText: "it needs a resourceType" }).waitFor();
    await body.fill("{");
    await press("Validate");
    assert.ok(await body.evaluate((area) => area === document.activeElement), "what is no JSON is shown where it stops");
    assertNoTrouble(page);
    await page.context().close();
  });
}
