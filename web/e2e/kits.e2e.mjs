// A learner tries two servers: the hospital's own receiver of HL7 v2, and its FHIR server with the sample record. Every page in
// every view.
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

test("kits are chosen, started, followed and reported", { skip }, async () => {
  const { run, url } = practicum;
  const page = await asDemoLearner(browser, run);
  const headers = { authorization: `Bearer ${run.demo.learner_token}` };
  const sandbox = (await (await page.request.post(`${url}/api/sandboxes`, { headers, data: {} })).json()).id;
  const kits = `${url}/sandboxes/${sandbox}/kits`;
  const storageState = await page.context().storageState();
  await lookAt(browser, kits, "kits-empty", { storageState });

  await page.goto(kits);
  await page.getByRole("link", { name: "HL7 v2 receiver" }).click();
  await lookAt(browser, page.url(), "kits-begin", { storageState });
  await page.getByLabel("Address").fill(`127.0.0.1:${run.ports.mllp}`);
  await page.getByRole("button", { name: "Start the run" }).click();
  await page.getByText("The run has begun").waitFor();
  await page.getByText("27 pass").waitFor();
  await lookAt(browser, page.url(), "kits-passed", { storageState });

  const sample = await page.request.get(`${kits}/us-core/sample`);
  const loaded = await page.request.post(`${url}/s/${sandbox}/fhir`, {
    headers: { ...headers, "content-type": "application/fhir+json" },
    data: await sample.text(),
  });
  assert.equal(loaded.status(), 200);
  await page.goto(`${kits}/us-core?preset=sample`);
  await page.getByLabel("Token", { exact: true }).fill(run.demo.learner_token);
  // A profile that this record says nothing of: what was never found is told.
  await page.getByLabel("Profiles").fill("us-core-patient us-core-encounter us-core-goal");
  await page.getByRole("button", { name: "Start the run" }).click();
  await page.getByRole("link", { name: "Report as a page" }).waitFor();
  await page.getByText("no Goal under this profile").waitFor();
  const at = page.url();
  await lookAt(browser, at, "kits-run", { storageState });
  await lookAt(browser, `${at}/1`, "kits-exchange", { storageState });
  const report = await (await page.request.get(`${at}/report/fhir`)).json();
  assert.equal(report.resourceType, "TestReport");
  assert.ok(!(await (await page.request.get(`${at}/report/json`)).text()).includes(run.demo.learner_token), "no secret is kept");
  await lookAt(browser, kits, "kits-list", { storageState });

  await page.goto(`${kits}/hl7v2-receiver`);
  await page.getByLabel("Address").fill("127.0.0.1:1");
  await page.getByRole("button", { name: "Start the run" }).click();
  await page.getByText("cannot be reached").first().waitFor();
  assertNoTrouble(page);
  await page.context().close();
});
