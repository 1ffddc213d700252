// FHIR by hand with the keyboard alone: no click, no fill, nothing that a hand without a mouse could not do.
import assert from "node:assert/strict";
import { answered, send, waitForCheck } from "./workspace.mjs";
import { read, told } from "./fhir-by-hand.mjs";

const STOPS_MAX = 400;

/** Walks with Tab (or Shift+Tab) to the element that `selector` names. */
async function walkTo(page, selector, key = "Tab") {
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${selector} cannot be reached with ${key}`);
}

/** Walks to a link or button by its words. */
async function walkToWords(page, words) {
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    const here = await page.evaluate(() => document.activeElement?.textContent?.trim());
    if (here === words) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`"${words}" cannot be reached with Tab`);
}

/** Replaces what stands in the field at hand. */
async function type(page, text) {
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

/** Sends a request from the console. */
async function ask(page, method, path, { ifMatch, body } = {}) {
  await walkTo(page, "#method");
  await page.keyboard.type(method);
  await walkTo(page, "#path");
  await type(page, path);
  if (ifMatch !== undefined) {
    await walkTo(page, "#If-Match");
    await type(page, ifMatch);
  }
  if (body !== undefined) {
    await walkTo(page, "#body");
    await type(page, JSON.stringify(body));
  }
  await send(page, () => page.keyboard.press("Control+Enter"));
  const { status, body: found } = await answered(page);
  return { status, body: found };
}

async function answer(page, check, value) {
  await walkTo(page, `#answer-${check}`);
  await type(page, value);
  await page.keyboard.press("Enter");
  await waitForCheck(page, check, "passed");
}

/** From the home page to the finished lab. */
export async function playByKeyboard(page, url) {
  await page.goto(`${url}/labs/fhir-by-hand`);
  await walkToWords(page, "Start");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/patients$/);
  const asked = await read(page);
  await walkToWords(page, "FHIR");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/fhir$/);

  const found = await ask(page, "GET", `Patient?identifier=${asked.mrn}`);
  const id = found.body.entry[0].resource.id;
  const { body: patient } = await ask(page, "GET", `Patient/${id}`);
  await answer(page, "born", patient.birthDate);
  const counted = await ask(page, "GET", `Observation?patient=${id}&date=lt${asked.today}&_summary=count`);
  await answer(page, "how-many", String(counted.body.total));
  const first = await ask(page, "GET", `Observation?patient=${id}&date=lt${asked.today}&_count=10`);
  const next = new URL(first.body.link.find((link) => link.relation === "next").url);
  await ask(page, "GET", next.pathname + next.search);
  await waitForCheck(page, "paged", "passed");
  const resource = told(asked, id);
  assert.equal((await ask(page, "POST", resource.resourceType, { body: resource })).status, 201);
  const { body: now } = await ask(page, "GET", `Patient/${id}`);
  now.telecom = [{ system: "phone", value: asked.phone, use: "home" }];
  const ifMatch = `W/"${now.meta.versionId}"`;
  assert.equal((await ask(page, "PUT", `Patient/${id}`, { ifMatch, body: now })).status, 200);
  await page.getByText("Lab finished").first().waitFor();
}
