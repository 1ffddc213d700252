// An app wants in, by hand in a browser: registered on the page Apps, opened from the chart or by itself, agreed to, and the code
// exchanged for a token with which the patient is read. Nothing answers at the app's addresses; the browser shows what it was sent.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { brief, openChart, waitForCheck, work } from "./workspace.mjs";

/** What the brief of this attempt says of the app and the patient. */
export async function read(page) {
  const text = await brief(page);
  const [, name] = /Name ([A-Z][A-Za-z ]+?) What it does/.exec(text);
  const [, origin] = /Comes back to (http:\/\/127\.0\.0\.1:\d+)\/callback/.exec(text);
  const [, fhir] = /endpoint that (\S+)\/\.well-known\/smart-configuration/.exec(text);
  const [, patient, mrn] = /The patient is (.+?), record number (\S+?),/.exec(text);
  return { name, origin, fhir, patient, mrn, byItself: text.includes("by itself: no chart") };
}

async function register(page, root, { name, origin }) {
  await page.goto(`${root}/apps`);
  await work(page).getByRole("textbox", { name: "Name", exact: true }).first().fill(name);
  await work(page).getByLabel("Address to come back to").fill(`${origin}/callback`);
  await work(page).getByLabel("Address to open from a chart").fill(`${origin}/launch`);
  await work(page).getByLabel("May ask for").fill("launch launch/patient patient/Patient.rs patient/Observation.rs patient/Encounter.rs");
  await work(page).getByRole("button", { name: "Register" }).click();
  await page.getByText(`${name} is registered`).first().waitFor();
  return (await page.locator("#client-id").textContent()).trim();
}

/** The handle that the chart hands over. */
async function opened(page, root, { name, mrn }) {
  assert.ok(await openChart(page, root, mrn), "the patient is found");
  await page.getByRole("link", { name: "Open an app…" }).click();
  await page.getByRole("button", { name: `Open ${name}` }).click();
  const href = await page.getByRole("link", { name: `Open ${name}` }).getAttribute("href");
  return new URL(href).searchParams.get("launch");
}

/** Goes through the hospital's pages, and gives what came back to the app. */
async function agreed(page, app, asked, shot) {
  await page.goto(`${app.fhir.replace(/\/fhir$/, "")}/auth/authorize?${asked}`);
  if (app.byItself) {
    await page.getByRole("button", { name: /^Go on as/ }).click();
    const [given, family] = [app.patient.split(" ")[0], app.patient.split(" ").at(-1)];
    await page.getByLabel("Name").fill(family);
    await page.getByRole("button", { name: "Look" }).click();
    // There they stand with all their names.
    await page.getByRole("link", { name: new RegExp(`^${given} .*${family}$`) }).click();
  }
  await page.getByRole("heading", { name: "Allow this app?" }).waitFor();
  await shot("consent");
  // Nobody is there; a browser would say so, with all of it in its address bar.
  await page.route(`${app.origin}/**`, (route) => route.fulfill({ status: 200, body: "nobody is here" }));
  await page.getByRole("button", { name: "Allow", exact: true }).click();
  await page.waitForURL(`${app.origin}/callback?**`);
  return new URL(page.url()).searchParams;
}

export async function play(page, root, shot = async () => {}) {
  const app = await read(page);
  const client = await register(page, root, app);
  await waitForCheck(page, "registered", "passed");
  await shot("registered");
  const launch = app.byItself ? null : await opened(page, root, app);
  const [verifier, state] = [randomBytes(32).toString("base64url"), randomBytes(16).toString("base64url")];
  const asked = new URLSearchParams({
    response_type: "code",
    client_id: client,
    redirect_uri: `${app.origin}/callback`,
    scope: `${app.byItself ? "launch/patient" : "launch"} patient/Patient.rs patient/Observation.rs patient/Encounter.rs`,
    state,
    aud: app.fhir,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  if (launch) asked.set("launch", launch);
  const answer = await agreed(page, app, asked, shot);
  assert.equal(answer.get("state"), state);
  const form = { grant_type: "authorization_code", code: answer.get("code"), redirect_uri: `${app.origin}/callback`, client_id: client, code_verifier: verifier };
  const given = await page.request.post(`${app.fhir.replace(/\/fhir$/, "")}/auth/token`, { form });
  assert.equal(given.status(), 200, await given.text());
  const tokens = await given.json();
  const headers = { Authorization: `Bearer ${tokens.access_token}` };
  for (const at of [`Patient/${tokens.patient}`, tokens.encounter && `Encounter/${tokens.encounter}`].filter(Boolean)) {
    assert.equal((await page.request.get(`${app.fhir}/${at}`, { headers })).status(), 200, at);
  }
  await page.goto(`${root}/patients`);
  for (const check of ["registered", "opened", "agreed", "has-token", "no-more", "has-read"]) await waitForCheck(page, check, "passed");
  await shot("done");
}
