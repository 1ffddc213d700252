// The hospital as systems: the map fills by itself when somebody is admitted, an interface is stopped and started, what waits
// makes the systems differ from the chart, and all of it by keyboard, on a phone, and in the dark.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertNoTrouble, launch, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asDemoLearner } from "./people.mjs";

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

/** Calls the API as the demonstration's learner. */
async function api(method, path, body) {
  const answer = await fetch(`${practicum.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${practicum.run.demo.learner_token}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

/** Registers and admits somebody to a ward; resolves to the patient's id. */
async function admit(sandbox, family) {
  const person = { family, given: "Nora", birth_date: "1984-02-29", sex: "female", confirm_new: "yes" };
  const { patient } = await api("POST", `/s/${sandbox}/commands/register`, person);
  await api("POST", `/s/${sandbox}/commands/admit`, { patient, location: "4W", reason: "sepsis" });
  return patient;
}

/** Presses a button by keyboard alone. */
async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).focus();
  await page.keyboard.press("Enter");
}

test("the map shows what moves between systems, and what does not", { skip }, async () => {
  const { id } = await api("POST", "/api/sandboxes", { title: "Map" });
  const root = `${practicum.url}/sandboxes/${id}`;
  const page = await asDemoLearner(browser, practicum.run);
  await page.goto(`${root}/map`);
  await page.getByRole("row", { name: /^adt-lis/ }).waitFor();

  // An admission elsewhere shows here, without anybody pressing anything.
  await admit(id, "Okafor");
  await page.locator("#carried-adt-lis").filter({ hasText: "2" }).waitFor();
  await page.locator("#line-adt-lis .map-flowing").waitFor();

  await page.getByRole("link", { name: "adt-lis" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("ADT^A01", { exact: true }).first().waitFor();
  await press(page, "Stop");
  await page.getByText("Stopped. Messages wait in its queue.").waitFor();

  const patient = await admit(id, "Berg");
  await page.goto(`${root}/map/compare`);
  await page.getByRole("region", { name: "Laboratory" }).getByText("1 differ").waitFor();
  await page.goto(`${root}/map/compare/${patient}`);
  await page.getByRole("row", { name: /^Laboratory/ }).getByText("not known there").waitFor();

  await page.goto(`${root}/map/adt-lis`);
  await press(page, "Start");
  await page.locator(".facts").getByText("4", { exact: false }).first().waitFor();
  await page.goto(`${root}/map/compare`);
  await page.getByRole("region", { name: "Laboratory" }).getByText("agrees").waitFor();
  assertNoTrouble(page);

  const storageState = await page.context().storageState();
  for (const [path, name] of [
    ["map", "map"],
    ["map/adt-lis", "map-interface"],
    ["map/images-pacs", "map-interface-empty"],
    ["map/compare", "map-compare"],
    [`map/compare/${patient}`, "map-compare-patient"],
  ]) {
    await lookAt(browser, `${root}/${path}`, name, { storageState });
  }
});
