// Models: trained on a ready task, the card looked at, deployed silent, then seen in a chart, overridden, watched, and rolled back.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertAccessible, assertNoTrouble, launch, picture, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asNewLearner } from "./people.mjs";
import { startLab } from "./labs/workspace.mjs";

const skip = noBrowser || noBinary;
const LONG = { timeout: 240_000 };

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

/** Fills the form of a ready task in, and waits until the version is there. */
async function train(page, root, version, change = async () => {}) {
  await page.goto(`${root}/models/train`);
  await change();
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByRole("link", { name: `acute-care version ${version}` }).waitFor(LONG);
}

test("a model goes from a cohort to the bedside and back", { skip }, async () => {
  const page = await asNewLearner(browser, practicum.run, "Mona Model", "mona");
  const root = await startLab(page, practicum.url, "first-shift");
  const at = root.replace(practicum.url, "");
  const look = async (where, name) => lookAt(browser, `${practicum.url}${at}/${where}`, name, { storageState: await page.context().storageState() });

  await page.goto(`${root}/patients`);
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await page.getByText("No model yet").waitFor();
  await assertAccessible(page, "no model");
  await page.goto(`${root}/lake`);
  await page.getByRole("button", { name: "Take a snapshot" }).click();
  await page.getByText(/Snapshot 1, taken/).waitFor(LONG);

  await page.goto(`${root}/models/train`);
  await assertAccessible(page, "the form of a study");
  await look("models/train", "models-train");
  await train(page, root, 1);
  await look("models", "models-list");

  await page.getByRole("link", { name: "acute-care version 1" }).click();
  await page.getByText("Does a feature know what was recorded after the index time?").waitFor();
  assert.ok((await page.locator(".model-chart svg").count()) === 2, "calibration and decision curve");
  await assertAccessible(page, "the card");
  await look("models/of/acute-care/1", "models-card");

  await page.getByRole("button", { name: "Deploy this version" }).click();
  await page.getByText("Version 1 answers from now on, silent.").waitFor();
  await page.goto(`${root}/patients`);
  await page.locator("main a[href*='/patients/']").first().click();
  await page.waitForURL(/patients\/[^/]+\/summary/);
  const chart = page.url();
  await page.getByText("Asking the decision support services").waitFor({ state: "detached" });
  assert.equal(await page.locator(".advice-card").count(), 0, "silent");

  await train(page, root, 2, async () => {
    await page.getByLabel("Kind of model").selectOption("boosting");
    await page.getByLabel("Boosting: trees").fill("20");
  });
  await page.goto(`${root}/models/of/acute-care/2`);
  await page.getByLabel("How", { exact: true }).selectOption("live");
  await page.getByLabel("A card from a risk of").fill("1");
  await page.getByRole("button", { name: "Deploy this version" }).click();
  await page.getByText("Version 2 answers from now on, live.").waitFor();

  await page.goto(chart);
  const card = page.locator(".advice-card");
  await card.getByText(/Acute care within a year: risk \d+ %/).waitFor();
  await assertAccessible(page, "a model's card in the chart");
  await picture(page, "models-in-the-chart");
  await card.getByText("Override…").click();
  await card.getByLabel("Why").selectOption("known-and-watched");
  await card.getByRole("button", { name: "Override", exact: true }).click();
  await page.getByText("Overridden").first().waitFor();

  await page.goto(`${root}/models/of/acute-care/monitor`);
  await page.getByText("Have the people changed?").waitFor();
  await page.getByText("Cards overridden, by reason").waitFor();
  await assertAccessible(page, "the monitor");
  await look("models/of/acute-care/monitor", "models-monitor");

  await page.goto(`${root}/models/of/acute-care/2`);
  await page.getByRole("button", { name: "Roll back to version 1" }).click();
  await page.getByText("Version 1 answers again.").waitFor();
  assertNoTrouble(page);
  await page.goto(`${root}/journal`);
  await page.getByText("model.score").first().waitFor();
  await page.context().close();
});
