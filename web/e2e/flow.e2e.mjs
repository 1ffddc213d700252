// Flow: a roster is proposed, saved, played beside today's and judged; the process map tells how work really went.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertAccessible, launch, picture, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asNewLearner } from "./people.mjs";
import { startLab } from "./labs/workspace.mjs";

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

test("an emergency department is staffed within its hours, and played", { skip }, async () => {
  const page = await asNewLearner(browser, practicum.run, "Rosa Roster", "rosa");
  const root = await startLab(page, practicum.url, "who-is-there-when");
  await page.goto(`${root}/patients`);
  await page.getByRole("link", { name: "Flow", exact: true }).click();
  await page.getByText(/visits a day to the emergency department are forecast/).waitFor();
  await page.getByText("Save a roster first").waitFor();
  await assertAccessible(page, "before a roster");

  await page.getByLabel("Hours that may be paid").fill("12");
  await page.getByRole("button", { name: "Propose the cheapest" }).click();
  await page.getByText("No such roster").waitFor();
  await assertAccessible(page, "a roster that cannot be");

  await page.getByLabel("Margin").fill("0.25");
  await page.getByLabel("Hours that may be paid").fill("860");
  await page.getByRole("button", { name: "Propose the cheapest" }).click();
  await page.getByText("Proposed, not saved").waitFor();
  await page.getByRole("button", { name: "Save roster" }).click();
  const saved = await page.getByText(/Saved: \d+ hours a week/).textContent();
  assert.ok(Number(saved.match(/\d+/)[0]) <= 860, saved);

  await page.getByRole("button", { name: "Play 20 weeks" }).click();
  await page.getByText("Means of 20 weeks").waitFor();
  assert.ok((await page.getByRole("row").count()) > 8);
  await assertAccessible(page, "what was played");
  await picture(page, "flow-played");

  const storageState = await page.context().storageState();
  const path = root.replace(practicum.url, "");
  await lookAt(browser, `${practicum.url}${path}/flow?play=1`, "flow", { storageState });
  await page.getByRole("link", { name: "Process map" }).click();
  await page.getByRole("button", { name: "Show" }).waitFor();
  await assertAccessible(page, "the process map");
  await lookAt(browser, `${practicum.url}${path}/flow/process?about=records`, "flow-process", { storageState });
});
