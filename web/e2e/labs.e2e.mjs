// The labs, walked through in a browser against the real binary: at desktop and phone width, and two of them
// with the keyboard alone.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { VIEWS, assertAccessible, assertNoTrouble, assertReflow, launch, picture, skip as noBrowser } from "./browser.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asNewLearner } from "./people.mjs";
import * as firstShift from "./labs/first-shift.mjs";
import * as fhirByHand from "./labs/fhir-by-hand.mjs";
import * as twoCharts from "./labs/two-charts.mjs";
import * as criticalResult from "./labs/critical-result.mjs";
import * as orderSetAndAlert from "./labs/order-set-and-alert.mjs";
import * as orderToResult from "./labs/order-to-result.mjs";
import * as profileRepair from "./labs/profile-repair.mjs";
import * as silentFeed from "./labs/silent-feed.mjs";
import * as roleMatrix from "./labs/role-matrix.mjs";
import * as fhirByKeyboard from "./labs/fhir-by-keyboard.mjs";
import * as launchAnApp from "./labs/launch-an-app.mjs";
import * as rolesByKeyboard from "./labs/role-matrix-by-keyboard.mjs";
import { answer, startLab, states, waitForCheck, work } from "./labs/workspace.mjs";

const skip = noBrowser || noBinary;
const LABS = [
  ["first-shift", firstShift],
  ["fhir-by-hand", fhirByHand],
  ["two-charts-one-patient", twoCharts],
  ["critical-result", criticalResult],
  ["order-set-and-alert", orderSetAndAlert],
  ["order-to-result", orderToResult],
  ["profile-repair", profileRepair],
  ["role-matrix", roleMatrix],
  ["silent-feed", silentFeed],
];
const WIDE = VIEWS.find((view) => view.name === "wide-light");
const PHONE = VIEWS.find((view) => view.name === "narrow-dark");

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

/** A fresh learner's page in one of the views. */
function learner(login, { name: _, ...options }) {
  return asNewLearner(browser, practicum.run, `Learner ${login}`, login, options);
}

// The first lab in both widths, the others in one or the other by turns: what they stand on is the same.
for (const [at, [slug, lab]] of [...LABS].entries()) {
  for (const view of at === 0 ? [WIDE, PHONE] : [at % 2 ? PHONE : WIDE]) {
    test(`${slug} is solved by clicking and typing, ${view.name}`, { skip }, async () => {
      const page = await learner(`${slug}-${view.name}`, view);
      const root = await startLab(page, practicum.url, slug);
      await lab.play(page, root, async (name) => {
        await picture(page, `${slug}-${name}-${view.name}`);
        await assertAccessible(page, `${slug} ${name} ${view.name}`);
        await assertReflow(page, `${slug} ${name} ${view.name}`);
      });
      await page.goto(practicum.url);
      await page.getByRole("region", { name: "Evidence so far" }).getByRole("link").first().waitFor();
      assertNoTrouble(page, lab.refused);
      await page.context().close();
    });
  }
}

// Once, and narrow: its pages are walked at every width with the apps themselves.
test("launch-an-app is solved by clicking and typing", { skip }, async () => {
  const page = await learner("launch-an-app", PHONE);
  const root = await startLab(page, practicum.url, "launch-an-app");
  await launchAnApp.play(page, root, async (name) => {
    await picture(page, `launch-an-app-${name}`);
    await assertAccessible(page, `launch-an-app ${name}`);
    await assertReflow(page, `launch-an-app ${name}`);
  });
  assertNoTrouble(page);
  await page.context().close();
});

for (const [slug, { playByKeyboard }, refused] of [
  ["fhir-by-hand", fhirByKeyboard],
  ["role-matrix", rolesByKeyboard, roleMatrix.refused],
]) {
  test(`${slug} is solved with the keyboard alone`, { skip }, async () => {
    const page = await learner(`${slug}-keyboard`, WIDE);
    await playByKeyboard(page, practicum.url);
    await picture(page, `${slug}-by-keyboard`);
    assertNoTrouble(page, refused);
    await page.context().close();
  });
}

test("a wrong answer says what was expected and observed, a hint has its price, a reset begins again", { skip }, async () => {
  const page = await learner("mistakes", WIDE);
  const root = await startLab(page, practicum.url, "first-shift");
  await answer(page, "beds-freed", "1A-01, 1A-02");
  await page.getByText(/0 right and 2 wrong/).first().waitFor();
  await page.getByRole("button", { name: "Check now" }).click();
  await waitForCheck(page, "beds-freed", "failed");
  const row = page.locator("#check-beds-freed");
  assert.match(await row.innerText(), /expected[\s\S]+observed[\s\S]+0 right and 2 wrong; 2 missing/);
  const place = page.locator("#check-admitted .finding a");
  assert.match(await place.getAttribute("href"), /\/fhir\?path=Encounter/);
  await picture(page, "failed-checks");
  await assertAccessible(page, "failed checks");

  const ladder = page.getByRole("region", { name: "Hints for Bed management knows which beds you set free" });
  await page.locator("details.help", { has: page.locator("#help-discharge") }).getByText("Help with this step").click();
  await ladder.getByText("10 % of this check").waitFor();
  await ladder.getByRole("button", { name: "Ask for a nudge" }).click();
  await ladder.getByText("Where did each lie when you came?").waitFor();
  await ladder.getByRole("button", { name: "Ask for a pointer" }).click();
  await ladder.getByText("the bed's identifier is its label").waitFor();
  assert.equal(page.url(), `${root}/patients`, "hints do not load the page again");
  await picture(page, "hints");
  await assertAccessible(page, "hints");

  await firstShift.play(page, root);
  assert.ok(Object.values(await states(page)).every((state) => state === "passed"));
  await page.getByRole("button", { name: "Reset…" }).click();
  const dialog = page.getByRole("dialog", { name: "Start again from where?" });
  await dialog.getByLabel("The whole lab").check();
  await picture(page, "reset");
  await assertAccessible(page, "reset");
  await dialog.getByRole("button", { name: "Reset", exact: true }).click();
  await page.getByText("Put back. You can begin again.").waitFor();
  assert.equal((await states(page)).admitted, "open");
  await firstShift.play(page, root);
  assertNoTrouble(page);
  await page.context().close();
});

test("a check turns green by itself when another client does the work", { skip }, async () => {
  const page = await learner("live", WIDE);
  const root = await startLab(page, practicum.url, "fhir-by-hand");
  const asked = await fhirByHand.read(page);
  const before = page.url();
  const id = await page.evaluate(async (mrn) => {
    const base = document.querySelector(".hospital-id code").textContent;
    const get = async (path) => (await fetch(`/s/${base}/fhir/${path}`)).json();
    const { entry } = await get(`Patient?identifier=${mrn}`);
    return (await get(`Patient/${entry[0].resource.id}`)).id;
  }, asked.mrn);
  await waitForCheck(page, "read-by-id", "passed");
  await page.waitForFunction(() => document.getElementById("announcer").textContent.startsWith("Passed:"));
  assert.equal(await page.locator("#lab-progress output").textContent(), "1 of 7");
  assert.equal(page.url(), before);
  await page.goto(`${root}/patients/${id}/journal`);
  await work(page).getByText("fhir.read").first().waitFor();
  assertNoTrouble(page);
  await page.context().close();
});

test("undo takes back the last change, and its check with it", { skip }, async () => {
  const page = await learner("undo", WIDE);
  const root = await startLab(page, practicum.url, "first-shift");
  const who = await firstShift.read(page);
  await firstShift.register(page, root, { ...who, given: "Somebody", family: "Else" });
  await page.getByText(/^Registered Somebody Else/).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Your last change is undone.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("There is nothing of yours to undo.").waitFor();
  assertNoTrouble(page);
  await page.context().close();
});
