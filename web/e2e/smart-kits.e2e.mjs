// The kits for SMART with a person at hand: our own hospital is asked in every wrong way and once in the right one, and
// `fhirclient`, in a page of its own, comes to a hospital that a run plays.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serveApp } from "./apps/app.mjs";
import { launch, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
import { asDemoLearner } from "./people.mjs";
import { skip as noBinary, start } from "./practicum.mjs";

const skip = noBrowser || noBinary;
const LOOK_AGAIN_MS = 200;

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

/** A hospital of the demo learner's, a way to ask its API, and the learner at a browser. */
async function hospital() {
  const { url, run } = practicum;
  const headers = { Authorization: `Bearer ${run.demo.learner_token}`, "Content-Type": "application/json" };
  const ask = async (method, path, body) => {
    const answer = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  const { id, fhir } = await ask("POST", "/api/sandboxes", {});
  const page = await asDemoLearner(browser, run);
  return { id, fhir, ask, page, token: run.demo.learner_token };
}

/** Follows a run until it ends; `act` is called with each address that it waits for somebody to open. */
async function followed({ id, ask }, kit, inputs, act) {
  const { run } = await ask("POST", `/api/sandboxes/${id}/kit-runs`, { kit, inputs });
  const opened = new Set();
  for (;;) {
    const view = await ask("GET", `/api/sandboxes/${id}/kit-runs/${run}`);
    if (!view.running) return { run, view };
    const address = view.waits_for?.match(/https?:\/\/\S+$/)?.[0];
    if (address && !opened.has(address)) {
      opened.add(address);
      await act(address, opened.size);
    } else {
      await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
    }
  }
}

/** The tests of a record that neither passed nor were left out. */
function others(record) {
  const found = [];
  const look = (node) => {
    if (node.is_group) node.children.forEach(look);
    else if (!["pass", "omit"].includes(node.outcome)) found.push(`${node.id}: ${node.outcome} ${node.message}`);
  };
  record.groups.forEach(look);
  return found;
}

test("the hospital passes the kit for SMART servers", { skip }, async () => {
  const here = await hospital();
  const { page, fhir, ask, id } = here;
  const labs = await ask("GET", `/s/${id}/fhir/Observation?category=laboratory&_count=1`);
  const patient = labs.entry[0].resource.subject.reference.split("/")[1];
  const inputs = { url: fhir, token: here.token };
  const { run, view } = await followed(here, "smart", inputs, async (address, count) => {
    if (address.includes("/kits/callback?state=")) {
      await page.goto(`${practicum.url}/sandboxes/${id}/patients/${patient}/launch`);
      await page.getByRole("button", { name: "Open SMART test kit" }).click();
      await page.getByRole("link", { name: "Open SMART test kit" }).click();
      await page.getByText("The test kit goes on").waitFor();
      return;
    }
    await page.goto(`${address}&practicum_patient=${patient}`);
    if (count === 1) await page.getByRole("button", { name: /^Go on as/ }).click();
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await page.getByText("The test kit goes on").waitFor();
  });
  assert.deepEqual(others(view.record), []);
  assert.equal(view.outcome, "pass");
  const storageState = await page.context().storageState();
  await lookAt(browser, `${practicum.url}/sandboxes/${id}/kits/smart/${run}`, "kits-smart", { storageState });
});

test("fhirclient passes the kit for SMART apps", { skip }, async () => {
  const here = await hospital();
  const { page } = here;
  app.serves("any-client");
  const inputs = { launch_url: app.launchUrl, redirect_uri: app.redirectUri, wait: "60", quiet: "2" };
  const { run, view } = await followed(here, "smart-app", inputs, async (address) => {
    await page.goto(address);
  });
  assert.deepEqual(others(view.record), []);
  assert.equal(view.outcome, "pass");
  const storageState = await page.context().storageState();
  await lookAt(browser, `${practicum.url}/sandboxes/${here.id}/kits/smart-app/${run}`, "kits-smart-app", { storageState });
});
