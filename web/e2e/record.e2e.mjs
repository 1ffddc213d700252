// An apprenticeship: agreed, two weeks logged, signed and corrected; and how far the apprentice is for a job, shown to an employer who has no account.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { assertNoTrouble, launch, open, skip as noBrowser } from "./browser.mjs";
import { lookAt, lookAtAll } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { agree, day, log, said, sign } from "./apprentice.mjs";
import { addLearner, asInstructor } from "./people.mjs";

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

/** Signs somebody in by the link that a page shows. */
async function signedIn(link) {
  const page = await open(browser);
  await page.goto(link);
  return page;
}

/** Adds a host with somebody in its education office and a supervisor, and signs both in. */
async function employer(instructor) {
  await instructor.goto(`${url}/programme/organisations`);
  const host = instructor.locator('form[action="/programme/organisations"]');
  await host.getByLabel("Name").fill("Harbour Hospital");
  await host.getByLabel("Kind").selectOption("host");
  await host.getByRole("button").click();
  const people = [];
  for (const [name, login, part] of [["Orla Office", "orla.office", "office"], ["Sami Super", "sami.super", "supervisor"]]) {
    await instructor.goto(`${url}/programme/organisations`);
    const form = instructor.locator('form[action="/programme/associates"]');
    await form.getByLabel("Name").fill(name);
    await form.getByLabel("Login").fill(login);
    await form.getByLabel("Belongs to").selectOption({ label: "Harbour Hospital" });
    await form.getByLabel("As", { exact: true }).selectOption(part);
    await form.getByRole("button").click();
    people.push(await signedIn(await instructor.locator("#sign-in-link").textContent()));
  }
  return people;
}

/** A file of a ZIP archive, by the sizes that its local header has (APPNOTE 6.3.10, 4.3.7). */
function unzipped(zip, name) {
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    const [method, packed, named, extra] = [zip.readUInt16LE(at + 8), zip.readUInt32LE(at + 18), zip.readUInt16LE(at + 26), zip.readUInt16LE(at + 28)];
    const begins = at + 30 + named + extra;
    const bytes = zip.subarray(begins, begins + packed);
    if (zip.toString("utf8", at + 30, at + 30 + named) === name) return (method === 8 ? inflateRawSync(bytes) : bytes).toString();
    at = begins + packed;
  }
  throw new Error(`there is no ${name} in the archive`);
}

/** The entries of a record, once each is found to follow from the one before, as how-to-check.txt says. */
function checked(zip) {
  let before = "";
  return unzipped(zip, "record.jsonl").trim().split("\n").map((line) => {
    const entry = JSON.parse(line);
    const text = [before, entry.seq, entry.at_us, entry.by, entry.body].join("\n");
    assert.equal(createHash("sha256").update(text).digest("hex"), entry.hash, `entry ${entry.seq}`);
    before = entry.hash;
    return JSON.parse(entry.body);
  });
}

test("two weeks are logged, signed and corrected, and nothing sealed is seen by others", { skip }, async () => {
  const instructor = await asInstructor(browser, practicum.run);
  const ada = await signedIn(await addLearner(instructor, url, "Ada Apprentice", "ada.apprentice"));
  const [office, supervisor] = await employer(instructor);

  // With the keyboard: the form is filled and sent without a mouse.
  await office.goto(`${url}/record`);
  await office.getByText("Nobody begins soon").waitFor();
  await office.getByRole("link", { name: "Put an agreement down" }).focus();
  await office.keyboard.press("Enter");
  await agree(office, "ada.apprentice", "sami.super", "Harbour health IT apprenticeship");

  await ada.goto(`${url}/record`);
  await ada.getByRole("link", { name: /Interface analyst/ }).last().click();
  const record = ada.url();
  await ada.getByRole("button", { name: "Accept the agreement" }).click();
  await said(ada, "The agreement holds");

  await log(ada, day(-7), "8", "Answered the alarms of the laboratory's interface");
  await said(ada, "Logged");
  await log(ada, day(0), "6:30", "Brought back messages that had stopped");
  await said(ada, "Logged");
  await log(ada, day(-8), "8", "The day before I began");
  await ada.getByRole("alert").getByText(/before the first day/).waitFor();
  await log(ada, day(0), "1", "Looked at chart 00482913");
  await ada.getByRole("alert").getByText(/could be known by/).waitFor();

  await supervisor.goto(`${url}/record`);
  await supervisor.getByText("you supervise").waitFor();
  await supervisor.goto(record);
  for (const on of [day(-7), day(0)]) await sign(supervisor, on, "Asks early and writes it down");
  const trust = supervisor.locator('form[action$="/write/entrust"]');
  await trust.getByLabel("Level").selectOption("4");
  await trust.getByLabel("How often you saw it done").fill("3");
  await trust.getByLabel("What you saw").fill("Found the stopped queue and said what it meant for the ward");
  await trust.getByRole("button").click();
  await said(supervisor, "Decided");

  await ada.goto(record);
  await ada.getByRole("link", { name: "Correct line 3" }).click();
  await ada.getByLabel("Hours").fill("7.5");
  await ada.getByLabel("What was wrong").fill("I had counted lunch");
  await lookAt(browser, ada.url(), "record-correct", { storageState: await ada.context().storageState() });
  await ada.getByRole("button", { name: "Correct it" }).click();
  await said(ada, "until then the old line counts");
  await supervisor.goto(record);
  await supervisor.getByText("I had counted lunch").waitFor();
  await supervisor.locator('form[action$="/write/sign"]').getByRole("button").click();
  await said(supervisor, "Signed");

  await ada.goto(`${url}/record/particulars`);
  await ada.getByLabel("Day of birth").fill("1999-12-31");
  await ada.getByRole("button", { name: "Seal it" }).click();
  await said(ada, "Sealed");
  await office.goto(record);
  await office.getByText("reached, not in the pay yet").waitFor();
  await office.getByRole("button", { name: "Step 2 is in the pay" }).click();
  await said(office, "The step is in the pay");
  await office.getByRole("button", { name: "Open the sealed particulars" }).click();
  await office.getByText("31 Dec 1999").waitFor();
  await ada.goto(record);
  await ada.getByText("The sealed particulars were opened by Orla Office").waitFor();
  assert.ok(!(await supervisor.content()).includes("1999"), "the supervisor sees nothing of it");
  const { request } = ada.context();
  const csv = await (await request.get(`${record}/hours.csv`)).text();
  assert.ok(csv.includes(",14,14,300,700"), `the corrected hours count: ${csv}`);
  const zip = await (await request.get(`${record}/record.zip`)).body();
  const deeds = checked(zip).map((entry) => entry.deed);
  assert.deepEqual(deeds, ["agreed", "accepted", "logged", "logged", "signed", "signed", "entrusted", "corrected", "signed", "paid", "looked"]);

  for (const [who, pages] of [
    [ada, [["record", record], ["record-list-apprentice", `${url}/record`], ["record-particulars", `${url}/record/particulars`]]],
    [supervisor, [["record-supervisor", record]]],
    [office, [["record-office", record], ["record-board", `${url}/record`], ["record-new", `${url}/record/new`]]],
  ]) {
    await lookAtAll(browser, pages.map(([name, at]) => ({ name, url: at })), { storageState: await who.context().storageState() });
    assertNoTrouble(who);
  }
  for (const one of [instructor, office, supervisor]) await one.context().close();

  // The same apprentice shows an employer how far she is.
  await ada.goto(`${url}/readiness`);
  await ada.getByText("Shown to nobody").waitFor();
  await ada.getByRole("link", { name: "Interface analyst" }).click();
  await ada.getByLabel("Whom it is for").fill("Riverside Clinic");
  await ada.getByRole("button", { name: "Make a link" }).press("Enter");
  await said(ada, "The link is made");
  const link = await ada.locator('a[href^="/shown/"]').textContent();
  const reader = await open(browser);
  await reader.goto(link);
  await reader.getByText("Ada Apprentice gave you this link").waitFor();
  await reader.getByText("Found the stopped queue and said what it meant").waitFor();
  assert.equal(await reader.locator('a[href^="/attempts/"], a[href^="/labs/"]').count(), 0, "a reader is led nowhere else");
  await lookAt(browser, link, "readiness-shown");
  await ada.goto(`${url}/readiness`);
  await ada.getByText(/^\d+ times?$/).click();
  await ada.getByText("somebody with the link, not signed in").first().waitFor();
  const storageState = await ada.context().storageState();
  await lookAtAll(browser, [{ name: "readiness", url: `${url}/readiness` }, { name: "readiness-job", url: `${url}/readiness/interface-analyst` }], { storageState });
  await ada.getByRole("button", { name: "Withdraw" }).click();
  await said(ada, "Withdrawn");
  await reader.goto(link);
  await reader.getByText("does not open anything").waitFor();
  assertNoTrouble(reader, /404/);
  assertNoTrouble(ada);
  for (const one of [ada, reader]) await one.context().close();
});
