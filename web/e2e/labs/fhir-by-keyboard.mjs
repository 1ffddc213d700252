// FHIR by hand with the keyboard alone: no click, no fill, nothing that a hand without a mouse could not do.
import assert from "node:assert/strict";
import { answered, send, waitForCheck } from "./workspace.mjs";
import { press, typeInto, walkTo } from "./keyboard.mjs";
import { read, told } from "./fhir-by-hand.mjs";

/** Sends a request from the console. */
async function ask(page, method, path, { ifMatch, body } = {}) {
  await walkTo(page, "#method");
  await page.keyboard.type(method);
  await typeInto(page, "#path", path);
  if (ifMatch !== undefined) await typeInto(page, "#If-Match", ifMatch);
  if (body !== undefined) await typeInto(page, "#body", JSON.stringify(body));
  await send(page, () => page.keyboard.press("Control+Enter"));
  const { status, body: found } = await answered(page);
  return { status, body: found };
}

async function answer(page, check, value) {
  await typeInto(page, `#answer-${check}`, value);
  await page.keyboard.press("Enter");
  await waitForCheck(page, check, "passed");
}

/** From the home page to the finished lab. */
export async function playByKeyboard(page, url) {
  await page.goto(`${url}/labs/fhir-by-hand`);
  await press(page, "Start");
  await page.waitForURL(/\/patients$/);
  const asked = await read(page);
  await press(page, "FHIR");
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
