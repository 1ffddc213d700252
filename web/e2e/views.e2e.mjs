// Views: rows of the hospital while one types, mistakes at their place, and the rows to take away.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { assertAccessible, assertNoTrouble, launch, picture, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asNewLearner } from "./people.mjs";
import { startLab } from "./labs/workspace.mjs";

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

const VIEW = {
  resourceType: "ViewDefinition",
  name: "names",
  resource: "Patient",
  select: [
    { column: [{ name: "id", path: "getResourceKey()", type: "string" }] },
    { forEach: "name", column: [{ name: "family", path: "family", type: "string" }] },
  ],
};

const written = (change) => {
  const view = structuredClone(VIEW);
  change(view);
  return JSON.stringify(view, null, 2);
};

test("rows come while a view is typed, and mistakes at their place", { skip }, async () => {
  const page = await asNewLearner(browser, practicum.run, "Vera View", "vera");
  const root = await startLab(page, practicum.url, "first-shift");
  await page.goto(`${root}/patients`);
  await page.getByRole("link", { name: "Views", exact: true }).click();
  const editor = page.getByLabel("ViewDefinition");
  const rows = page.locator("#view-rows");
  await rows.getByText(/rows/).first().waitFor();
  assert.match(await editor.inputValue(), /"id": "patients"/);
  assert.ok((await rows.locator("tbody tr").count()) > 0);

  await editor.fill(written(() => {}));
  await rows.getByRole("columnheader", { name: /family/ }).waitFor();
  await assertAccessible(page, "rows of a view");

  await editor.fill(written((view) => (view.select[1].column[0].path = "famly")));
  await rows.getByText("HumanName has no element famly").waitFor();
  assert.match(await rows.textContent(), /Is this meant\?[\s\S]*select\[1\]\.column\[0\]\.path/);
  await assertAccessible(page, "a remark");

  await editor.fill(written((view) => (view.select[1].column[0].path = "family.frist()")));
  await rows.getByText("there is no function frist()").waitFor();
  await picture(page, "views-mistake");
  await assertAccessible(page, "a mistake");

  await editor.fill("{\n  \"resource\": \"Patient\",,\n}");
  await rows.getByText("Line 2, character").waitFor();
  await editor.fill(written((view) => (view.where = [{ path: "false" }])));
  await rows.getByText("The view is right").waitFor();

  await editor.fill(written(() => {}));
  await rows.getByRole("columnheader", { name: /family/ }).waitFor();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const file = await coming;
  assert.equal(file.suggestedFilename(), "names.csv");
  assert.match(await readFile(await file.path(), "utf8"), /^id,family\r\n\S+,/);

  await page.getByRole("link", { name: "Vital signs" }).click();
  await rows.getByRole("columnheader", { name: /unit_code/ }).waitFor();
  assertNoTrouble(page);
  const storageState = await page.context().storageState();
  const look = (query, name) => lookAt(browser, `${practicum.url}${new URL(page.url()).pathname}${query}`, name, { storageState });
  await look("", "views-patients");
  await look("?view=vital-signs", "views-vital-signs");
  await page.goto(`${root}/journal`);
  await page.getByText("view.run").first().waitFor();
  await page.context().close();
});
