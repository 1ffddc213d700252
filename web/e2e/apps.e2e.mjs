// Apps that others wrote come to a patient's records: `fhirclient` in the browser by itself and from a chart, `openid-client` with
// the codes, refresh tokens and ID tokens of a server. With what the person sees on the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as openid from "openid-client";
import { VIEWS, assertAccessible, assertReflow, launch, open, picture, skip as noBrowser } from "./browser.mjs";
import { serveApp } from "./apps/app.mjs";
import { skip as noBinary, start } from "./practicum.mjs";

const skip = noBrowser || noBinary;
const SCOPE = "launch/patient openid fhirUser offline_access patient/*.rs";

let browser;
let practicum;
let app;

before(async () => {
  if (skip) return;
  practicum = await start();
  browser = await launch();
  app = await serveApp();
});

after(async () => {
  await browser?.close();
  await app?.stop();
  await practicum?.stop();
});

/** A hospital of the demo learner's with the app registered in it, and the learner in front of it. */
async function hospital(options = {}) {
  const { url, run } = practicum;
  const headers = { Authorization: `Bearer ${run.demo.learner_token}`, "Content-Type": "application/json" };
  const ask = async (method, path, body) => {
    const answer = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  const { id, fhir } = await ask("POST", "/api/sandboxes", {});
  const said = {
    client_name: "Growth Chart",
    redirect_uris: [app.redirectUri],
    launch_url: app.launchUrl,
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    scope: `launch ${SCOPE}`,
  };
  const { client_id: client } = await ask("POST", `/s/${id}/auth/register`, said);
  app.serves(client);
  const found = await ask("GET", `/s/${id}/fhir/Patient?_count=1&_sort=family`);
  const patient = found.entry[0].resource;
  const page = await open(browser, options);
  await page.goto(run.demo.sign_in_url);
  return { id, fhir, client, patient, page, leave: async () => (await page.context().close(), await ask("DELETE", `/api/sandboxes/${id}`)) };
}

/** What every page on the way must be. */
async function look(page, what, view) {
  await picture(page, `apps-${what}-${view}`);
  await assertAccessible(page, `${what} ${view}`);
  await assertReflow(page, `${what} ${view}`);
}

for (const { name: view, width: _, ...options } of VIEWS.filter(({ name }) => ["wide-light", "narrow-dark"].includes(name))) {
  test(`fhirclient launches by itself, ${view}`, { skip }, async () => {
    const { fhir, patient, page, leave } = await hospital(options);
    await page.goto(`${app.launchUrl}?iss=${encodeURIComponent(fhir)}`);
    await page.getByRole("heading", { name: "Sign in to the hospital" }).waitFor();
    await look(page, "sign-in", view);
    await page.getByRole("button", { name: /^Go on as/ }).click();
    await page.getByRole("heading", { name: "Choose a patient" }).waitFor();
    await look(page, "choose", view);
    await page.getByLabel("Name").fill(patient.name[0].family);
    await page.getByRole("button", { name: "Look" }).click();
    await page.locator(`a[href*="practicum_patient=${patient.id}"]`).click();
    await page.getByRole("heading", { name: "Allow this app?" }).waitFor();
    await look(page, "consent", view);
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await page.locator("#patient", { hasText: patient.name[0].family }).waitFor();
    assert.equal(await page.locator("#others").textContent(), "1", "one patient alone is in sight");
    await leave();
  });

  test(`fhirclient is opened from a chart, ${view}`, { skip }, async () => {
    const { id, patient, page, leave } = await hospital(options);
    await page.goto(`${practicum.url}/sandboxes/${id}/apps`);
    await look(page, "gallery", view);
    await page.goto(`${practicum.url}/sandboxes/${id}/patients/${patient.id}/summary`);
    await page.getByRole("link", { name: "Open an app…" }).click();
    await look(page, "launch", view);
    await page.getByRole("button", { name: "Open Growth Chart" }).click();
    await page.getByRole("heading", { name: "Opening Growth Chart" }).waitFor();
    await look(page, "handing-over", view);
    await page.getByRole("link", { name: "Open Growth Chart" }).click();
    await page.getByRole("heading", { name: "Allow this app?" }).waitFor();
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await page.locator("#patient", { hasText: patient.name[0].family }).waitFor();
    await leave();
  });
}

test("a person may say no", { skip }, async () => {
  const { id, patient, page, leave } = await hospital();
  await page.goto(`${practicum.url}/sandboxes/${id}/patients/${patient.id}/launch`);
  await page.getByRole("button", { name: "Open Growth Chart" }).click();
  await page.getByRole("link", { name: "Open Growth Chart" }).click();
  await page.getByRole("button", { name: "Do not allow" }).click();
  await page.waitForURL(/error=access_denied/);
  await leave();
});

test("openid-client exchanges, checks and refreshes", { skip }, async () => {
  const { id, fhir, client, patient, page, leave } = await hospital();
  const issuer = new URL(`${practicum.url}/s/${id}/auth`);
  const config = await openid.discovery(issuer, client, undefined, openid.None(), { execute: [openid.allowInsecureRequests] });
  // The ID token's signature is checked too, with the keys of jwks_uri.
  openid.enableNonRepudiationChecks(config);
  const [verifier, state, nonce] = [openid.randomPKCECodeVerifier(), openid.randomState(), openid.randomNonce()];
  const asked = openid.buildAuthorizationUrl(config, {
    redirect_uri: app.redirectUri,
    scope: SCOPE,
    aud: fhir,
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  await page.goto(`${asked}&practicum_patient=${patient.id}`);
  await page.getByRole("button", { name: /^Go on as/ }).click();
  const back = page.waitForRequest((request) => request.url().startsWith(app.redirectUri));
  await page.getByRole("button", { name: "Allow", exact: true }).click();
  const answer = new URL((await back).url());
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  const tokens = await openid.authorizationCodeGrant(config, answer, checks);
  assert.equal(tokens.patient, patient.id);
  assert.equal(tokens.claims().iss, issuer.href);
  const next = await openid.refreshTokenGrant(config, tokens.refresh_token);
  await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token), { error: "invalid_grant" });
  await assert.rejects(openid.refreshTokenGrant(config, next.refresh_token), { error: "invalid_grant" }, "its family has ended");
  const read = await fetch(`${fhir}/Patient/${patient.id}`, { headers: { Authorization: `Bearer ${next.access_token}` } });
  assert.equal(read.status, 401);
  await leave();
});
