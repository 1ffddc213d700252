// Trying FHIRPath expressions on a chart: by keyboard, as one types, with mistakes shown where they are.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertAccessible, assertNoTrouble, launch, picture, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
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

test("an expression is evaluated while it is typed, and its mistake is shown at its place", { skip }, async () => {
  const page = await asNewLearner(browser, practicum.run, "Petra Path", "petra");
  const root = await startLab(page, practicum.url, "first-shift");
  await page.goto(`${root}/patients?at=in`);
  await work(page).locator("tbody th a").first().click();
  await page.waitForURL(/summary/);
  await page.getByRole("link", { name: "FHIRPath" }).click();
  await page.getByText("Type an expression, or take one of the examples.").waitFor();

  const expression = page.getByLabel("Expression");
  const result = page.locator("#path-result");
  await expression.focus();
  await page.keyboard.type("name.first().family");
  await result.getByText("1 item").waitFor();
  assert.match(await result.textContent(), /Patient\.name\[0\]\.family/);

  await expression.fill("name.given & )");
  await result.locator(".path-caret").waitFor();
  assert.match(await result.textContent(), /character 14/);
  await picture(page, "fhirpath-mistake");
  await assertAccessible(page, "mistake in an expression");

  await expression.fill("name.nickname");
  await result.getByText("finds nothing").waitFor();

  await page.getByText("Use other JSON instead").click();
  await page.getByLabel("JSON", { exact: true }).fill('{"a": [1, 2, 3.50]}');
  await expression.fill("a.sum().trace('total')");
  await result.getByText("6.5").first().waitFor();
  await result.getByText("Trace").waitFor();
  await page.getByLabel("JSON", { exact: true }).fill("{");
  await result.getByText("The JSON cannot be read").waitFor();
  assertNoTrouble(page);

  const chart = new URL(page.url()).pathname;
  await page.getByRole("link", { name: /Names in one line/ }).click();
  await result.getByText("1 item").waitFor();
  await page.getByRole("heading", { name: "Tried before" }).waitFor();
  assert.ok((await page.locator("path-history li").count()) >= 2, "what was tried is kept");
  await page.locator("path-history a", { hasText: "name.first().family" }).click();
  await result.getByText(/Patient\.name\[0\]\.family/).waitFor();
  await page.getByRole("button", { name: "Forget" }).click();
  assert.equal(await page.locator("path-history").isVisible(), false);
  assertNoTrouble(page);

  const storageState = await page.context().storageState();
  const look = (query, name) => lookAt(browser, `${practicum.url}${chart}${query}`, name, { storageState });
  await look("", "fhirpath-empty");
  await look("?expression=name", "fhirpath-result");
  await look("?expression=name.first(", "fhirpath-caret");
  await page.context().close();
});

test("the workbench works without scripts", { skip }, async () => {
  const page = await asNewLearner(browser, practicum.run, "Nils Noscript", "nils");
  const root = await startLab(page, practicum.url, "first-shift");
  const storageState = await page.context().storageState();
  await page.context().close();
  const context = await browser.newContext({ javaScriptEnabled: false, storageState });
  const plain = await context.newPage();
  await plain.goto(`${root}/patients?at=in`);
  await plain.locator("main tbody th a").first().click();
  await plain.getByRole("link", { name: "FHIRPath" }).click();
  await plain.getByLabel("Expression").fill("name.count() > 0");
  await plain.getByRole("button", { name: "Evaluate" }).click();
  await plain.getByText("1 item").waitFor();
  assert.match(await plain.locator("#path-result").textContent(), /boolean\s*true/);
  await context.close();
});
