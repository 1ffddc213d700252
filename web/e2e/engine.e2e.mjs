// An analyst's hour at the interface engine: the first channel, a message through it, a mistake, a version back. Every page in
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

test("a channel is written, tried, broken and rolled back", { skip }, async () => {
  const { run, url } = practicum;
  const page = await asDemoLearner(browser, run);
  const started = await page.request.post(`${url}/api/sandboxes`, {
    headers: { authorization: `Bearer ${run.demo.learner_token}` },
    data: {},
  });
  const engine = `${url}/sandboxes/${(await started.json()).id}/engine`;
  const storageState = await page.context().storageState();
  await lookAt(browser, engine, "engine-empty", { storageState });

  await page.goto(engine);
  await page.getByRole("link", { name: "Write the first channel" }).click();
  await lookAt(browser, page.url(), "engine-begin", { storageState });
  await page.getByRole("link", { name: "Results to the EHR" }).click();
  await page.getByRole("button", { name: "Save and deploy" }).click();
  await page.getByText("Version 1 of Results to the EHR is saved and runs.").waitFor();
  await lookAt(browser, page.url(), "engine-channel", { storageState });
  const channel = page.url();

  await page.getByRole("button", { name: "Send to the channel" }).click();
  await page.getByText("Message 1: TRANSFORMED at the source.").waitFor();
  await assert.doesNotReject(async () => {
    for (let tries = 0; tries < 30 && !(await page.getByText("SENT", { exact: true }).count()); tries++) {
      await page.waitForTimeout(300);
      await page.goto(`${engine}/message?id=1`);
    }
    await page.getByText("SENT", { exact: true }).waitFor({ timeout: 1000 });
  }, "the engine sends by itself");
  await lookAt(browser, page.url(), "engine-message", { storageState });
  await lookAt(browser, `${engine}/messages`, "engine-messages", { storageState });
  await lookAt(browser, engine, "engine-dashboard", { storageState });

  await page.goto(channel);
  const file = page.getByLabel("Channel file");
  const text = await file.inputValue();
  await file.fill(text.replace("const loinc = lookup(", "const loinc = = lookup("));
  await page.getByRole("button", { name: "Save and deploy" }).click();
  await page.getByText("Nothing was saved: 1 problem").waitFor();
  await page.getByText("Line 20").waitFor();
  await file.fill(text.replace('K = "2823-3"', 'K = "6298-4"'));
  await page.getByLabel("What changed", { exact: true }).fill("whole blood");
  await page.getByRole("button", { name: "Save and deploy" }).click();
  await page.getByText("Version 2 of Results to the EHR").waitFor();
  await page.getByRole("link", { name: "What changed in version 2" }).click();
  await page.getByText("tables.laboratory.K").waitFor();
  await lookAt(browser, page.url(), "engine-difference", { storageState });
  await page.goto(channel);
  await page.getByRole("button", { name: "Roll back to version 1" }).click();
  await page.getByText("Version 1 runs again, as version 3.").waitFor();
  assertNoTrouble(page, /422/);
});
