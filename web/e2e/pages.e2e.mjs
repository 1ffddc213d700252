// Every page in four views, and what instructors and people without a lab do.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertAccessible, assertNoTrouble, launch, open, picture, skip as noBrowser } from "./browser.mjs";
import { lookAt, lookAtAll } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { addLearner, asDemoLearner, asInstructor, asNewLearner } from "./people.mjs";
import { register } from "./labs/first-shift.mjs";
import { ask, openChart, startLab, waitForCheck, work } from "./labs/workspace.mjs";

const skip = noBrowser || noBinary;

let browser;
let practicum;
let url;

before(async () => {
  if (skip) return;
  practicum = await start();
  url = practicum.url;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await practicum?.stop();
});

test("sign-in: without an account, with a wrong password, with a link, and out again", { skip }, async () => {
  await lookAt(browser, `${url}/sign-in`, "sign-in");
  const page = await open(browser);
  await page.goto(`${url}/tracks/ehr`);
  assert.match(page.url(), /\/sign-in\?next=/);
  await page.getByLabel("Login").fill("nobody");
  await page.getByLabel("Password").fill("nothing at all");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("login or password is wrong").waitFor();
  await picture(page, "sign-in-refused");
  await assertAccessible(page, "refused sign-in");
  await page.goto(practicum.run.demo.sign_in_url);
  await page.getByRole("heading", { name: /Good to see you/ }).waitFor();
  await page.locator("summary", { hasText: "Demo learner" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/sign-in/);
  assertNoTrouble(page, /401/);
  await page.context().close();
});

test("a newcomer starts the first lab in one click, and every page of it holds in every view", { skip }, async () => {
  const page = await asNewLearner(browser, practicum.run, "Nora Newcomer", "nora");
  const storageState = await page.context().storageState();
  await lookAt(browser, url, "home-newcomer", { storageState });
  await page.goto(url);
  await page.getByRole("button", { name: "Start First shift" }).click();
  await page.waitForURL(/\/attempts\//);
  const root = new URL(page.url()).pathname.replace("/patients", "");
  await page.goto(`${url}${root}/patients?at=in`);
  await work(page).locator("tbody th a").first().click();
  await page.waitForURL(/summary/);
  const chart = new URL(page.url()).pathname.replace("/summary", "");

  const pages = [{ url, name: "home" }];
  const add = (path, name, expected) => pages.push({ url: `${url}${path}`, name, expected });
  for (const path of ["tracks", "tracks/ehr", "tracks/security", "labs/first-shift", "sandboxes", "me/tokens"]) add(`/${path}`, path.replace("/", "-"));
  for (const tab of ["patients", "beds", "in-basket", "build", "build/rule?id=rule-nsaid-kidney&days=30", "build/order-set", "build/orderable?id=med-ibuprofen", "build/roles", "fhir", "journal", "register"]) add(`${root}/${tab}`, `lab-${tab.replaceAll(/\W/g, "-")}`);
  add(`${root}/patients?q=zzzz`, "lab-patients-none");
  for (const section of ["summary", "timeline", "results", "orders", "medications", "administration", "notes", "stays", "journal"]) add(`${chart}/${section}`, `chart-${section}`);
  for (const form of ["transfer", "discharge", "vitals", "note", "admit", "merge", "order", "order-set?set=set-sepsis", "allergy", "problem", "reconcile?at=discharge"]) add(`${chart}/${form}`, `form-${form.replace(/\?.*/, "")}`);
  add("/nowhere", "missing", /404/);
  add("/class", "not-for-learners", /404/);
  await lookAtAll(browser, pages, { storageState });
  assertNoTrouble(page);
  await page.context().close();
});

test("forms name every error beside its field and keep what was typed", { skip }, async () => {
  const page = await asDemoLearner(browser, practicum.run);
  const root = await startLab(page, url, "two-charts-one-patient");
  await page.goto(`${root}/patients?at=in`);
  const name = await work(page).locator("tbody th a").nth(3).textContent();
  await work(page).locator("tbody th a").nth(3).click();
  await page.waitForURL(/summary/);
  const chart = page.url().replace("/summary", "");

  await page.goto(`${chart}/vitals`);
  await work(page).getByLabel("Temperature").fill("98.6");
  await work(page).getByLabel("Systolic pressure").fill("80");
  await work(page).getByLabel("Diastolic pressure").fill("120");
  await work(page).getByRole("button", { name: "Record", exact: true }).click();
  await page.getByText("Some things need another look").waitFor();
  assert.equal(await work(page).getByLabel("Temperature").inputValue(), "98.6");
  assert.equal(await work(page).getByLabel("Temperature").getAttribute("aria-invalid"), "true");
  assert.match(await page.locator("#temperature_c-error").textContent(), /98\.6 Fahrenheit are 37\.0/);
  await picture(page, "form-vitals-refused");
  await assertAccessible(page, "refused vital signs");

  await page.goto(`${chart}/note`);
  await work(page).getByLabel("Kind").selectOption("progress");
  await work(page).getByLabel("Note", { exact: false }).last().fill("Slept well.\n<b>No</b> complaints & no pain.");
  await work(page).getByRole("button", { name: "Sign and keep" }).click();
  await page.getByText(/^Wrote a note for/).waitFor();
  assert.match(await page.locator(".note-text").first().textContent(), /<b>No<\/b> complaints & no pain/);

  const mrn = await page.locator(".patient code").textContent();
  const born = await page.evaluate(() => document.querySelector(".patient dl").textContent);
  assert.ok(mrn && born.includes("Born"), `${name} has a banner`);
  assertNoTrouble(page, /422/);
  await page.context().close();
});

test("a second chart of the same person needs a confirmation", { skip }, async () => {
  const page = await asNewLearner(browser, practicum.run, "Dora Double", "dora");
  const root = await startLab(page, url, "first-shift");
  const who = { family: "Quillfeather", given: "Zenobia", born: "1980-02-29", sex: "female", phone: "555-010-0100", street: "1 Long Lane", city: "Alder Falls", postal: "45980" };
  await register(page, root, who);
  await page.getByText(/^Registered Zenobia Quillfeather/).waitFor();
  await register(page, root, who);
  await page.getByText("Somebody much like this has a chart").waitFor();
  assert.equal(await work(page).getByLabel("Telephone").inputValue(), who.phone);
  await picture(page, "look-alikes");
  await assertAccessible(page, "look-alikes");
  await work(page).getByLabel("I have made sure that this is somebody else").check();
  await work(page).getByRole("button", { name: "Register" }).click();
  await page.getByText(/^Registered Zenobia Quillfeather/).waitFor();
  assertNoTrouble(page, /422/);
  await page.context().close();
});

test("a form notices that the stay was changed while it was open", { skip }, async () => {
  const page = await asNewLearner(browser, practicum.run, "Carl Changed", "carl");
  const root = await startLab(page, url, "first-shift");
  await page.goto(`${root}/patients?at=in`);
  await work(page).locator("tbody th a").first().click();
  await page.getByRole("link", { name: "Discharge…" }).click();
  await work(page).getByLabel("Goes to").selectOption("rehab");
  const stay = await work(page).locator('input[name="encounter"]').inputValue();
  const other = await page.context().newPage();
  await other.goto(`${root}/fhir`);
  const { body: encounter } = await ask(other, "GET", `Encounter/${stay}`);
  encounter.priority = { text: "changed meanwhile" };
  assert.equal((await ask(other, "PUT", `Encounter/${stay}`, { ifMatch: `W/"${encounter.meta.versionId}"`, body: encounter })).status, 200);
  await work(page).getByRole("button", { name: "Discharge" }).click();
  await page.getByText("The chart has changed").waitFor();
  assert.equal(await work(page).getByLabel("Goes to").inputValue(), "rehab");
  await picture(page, "outdated-form");
  await assertAccessible(page, "outdated form");
  await work(page).getByRole("button", { name: "Discharge" }).click();
  await page.getByText(/^Discharged /).waitFor();
  assertNoTrouble(page, /422/);
  await page.context().close();
});

test("a hospital without a lab: start, keep, break, return, reset, delete", { skip }, async () => {
  const page = await asDemoLearner(browser, practicum.run);
  await page.goto(`${url}/sandboxes`);
  await page.getByLabel("What to call it").fill("Playground");
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByText("Your hospital is ready.").waitFor();
  const root = page.url().replace("/patients", "");
  await page.getByLabel("Keep it as it is now").fill("morning");
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByText("Kept as “morning”.").waitFor();
  await register(page, root, { family: "Transient", given: "Tessa", born: "2001-01-01", sex: "other", phone: "555-010-0101", street: "", city: "", postal: "" });
  await page.getByText(/^Registered Tessa Transient/).waitFor();
  await page.getByRole("button", { name: "Return…" }).click();
  await picture(page, "sandbox-return");
  await assertAccessible(page, "sandbox");
  await page.getByRole("dialog").getByRole("button", { name: "Return", exact: true }).click();
  await page.getByText("The hospital is as you kept it in “morning”.").waitFor();
  assert.equal(await openChart(page, root, "Tessa Transient"), false);
  const storageState = await page.context().storageState();
  await lookAt(browser, `${root}/patients`, "sandbox-patients", { storageState });
  await page.getByRole("button", { name: "Reset…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reset", exact: true }).click();
  await page.getByText("The hospital is as it was at the start.").waitFor();
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("The hospital is deleted.").waitFor();
  assertNoTrouble(page);
  await page.context().close();
});

test("an instructor sees who is where, the evidence behind it, and hands out a link", { skip }, async () => {
  const instructor = await asInstructor(browser, practicum.run);
  const link = await addLearner(instructor, url, "Ida Instructed", "ida");
  await picture(instructor, "class-link");
  await assertAccessible(instructor, "sign-in link");
  const learner = await open(browser);
  await learner.goto(link);
  await learner.getByRole("heading", { name: "Good to see you, Ida Instructed" }).waitFor();
  await startLab(learner, url, "first-shift");
  await learner.getByRole("button", { name: "Check now" }).click();
  await waitForCheck(learner, "admitted", "failed");

  await instructor.goto(`${url}/class`);
  const row = instructor.getByRole("row", { name: /Ida Instructed/ });
  assert.match(await row.innerText(), /in progress, 0 of 5[\s\S]*not started[\s\S]*not started/);
  await row.getByRole("link", { name: "Ida Instructed" }).click();
  await instructor.getByRole("heading", { name: "First shift, attempt 1" }).waitFor();
  await instructor.getByText(/Every verdict/).click();
  await picture(instructor, "class-learner");
  await assertAccessible(instructor, "learner's evidence");
  await instructor.getByRole("link", { name: "Look into this hospital" }).click();
  await instructor.getByText("You are looking at somebody else's attempt.").waitFor();
  assert.equal(await instructor.getByRole("button", { name: "Check now" }).count(), 0);

  const form = () => instructor.locator('form[action="/class/people"]');
  await instructor.goto(`${url}/class`);
  await form().getByLabel("Name").fill("Ida again");
  await form().getByLabel("Login").fill("ida");
  await form().getByRole("button").click();
  await instructor.getByText("Somebody has this login already").first().waitFor();
  await assertAccessible(instructor, "refused account");

  const storageState = await instructor.context().storageState();
  await lookAt(browser, `${url}/class`, "class", { storageState });
  assertNoTrouble(learner);
  assertNoTrouble(instructor, /422/);
  await learner.context().close();
  await instructor.context().close();
});

test("a token is shown once, works outside the browser, and works no more when withdrawn", { skip }, async () => {
  const page = await asDemoLearner(browser, practicum.run);
  await page.goto(`${url}/me/tokens`);
  await page.getByLabel("What it is for").fill("my laptop");
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = await page.locator("#new-token").textContent();
  const call = () => fetch(`${url}/api/sandboxes`, { headers: { Authorization: `Bearer ${token}` } }).then((it) => it.status);
  assert.equal(await call(), 200);
  await picture(page, "token-made");
  await assertAccessible(page, "new token");
  await page.goto(`${url}/me/tokens`);
  assert.ok(!(await page.content()).includes(token), "it is not shown again");
  await page.getByRole("row", { name: /my laptop/ }).getByRole("button", { name: "Withdraw…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw", exact: true }).click();
  await page.getByText("is withdrawn and works no more").waitFor();
  assert.equal(await call(), 401);
  assertNoTrouble(page);
  await page.context().close();
});

test("nobody reaches another learner's attempt or hospital through the pages", { skip }, async () => {
  const ada = await asNewLearner(browser, practicum.run, "Ada Apart", "ada-apart");
  const root = await startLab(ada, url, "first-shift");
  const sandbox = await ada.locator(".hospital-id code").textContent();
  const ben = await asNewLearner(browser, practicum.run, "Ben Beyond", "ben-beyond");
  for (const path of [`${root}/patients`, `${root}/journal`, `${root}/fhir`, `${url}/sandboxes/${sandbox}/patients`]) {
    const response = await ben.goto(path);
    assert.equal(response.status(), 404, path);
  }
  await ben.getByRole("heading", { name: "Nothing here" }).waitFor();
  await ada.context().close();
  await ben.context().close();
});
