// A morning at the security desk: a search is kept, a time line drawn, a case opened with its evidence, a rule of one's own heard and
// kept quiet, and papers filed with their faults. By keyboard where a form allows it; at desktop and phone width.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { VIEWS, assertAccessible, assertNoTrouble, assertReflow, launch, picture, skip as noBrowser } from "./browser.mjs";
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

/** A rule that hears every search of the ward's nurse. */
const RULE = `title: The nurse searches
id: 22222222-2222-4222-8222-222222222222
level: medium
logsource:
  product: practicum
  service: fhir
detection:
  selection:
    kind: fhir.search
    user: ward-nurse
  condition: selection
`;

for (const view of VIEWS.filter(({ name }) => ["wide-light", "narrow-dark"].includes(name))) {
  test(`a morning at the desk, ${view.name}`, { skip }, async () => {
    const { name, ...options } = view;
    const page = await asNewLearner(browser, practicum.run, "Dora Desk", `desk-${name}`, options);
    const root = await startLab(page, practicum.url, "is-it-a-breach");
    const look = async (what) => {
      await picture(page, `desk-${what}-${name}`);
      await assertAccessible(page, `${what} ${name}`);
      await assertReflow(page, `${what} ${name}`);
    };
    const said = () => page.locator(".said").innerText();

    await page.goto(`${root}/security`);
    await page.getByLabel("Search", { exact: true }).fill("category = read | fields seq, time, user, care, patient, query");
    await page.keyboard.press("Enter");
    await page.getByText("found", { exact: false }).first().waitFor();
    await page.getByLabel("Keep this search as").fill("who-reads-what");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "who-reads-what" }).waitFor();
    await look("search");

    await page.goto(`${root}/security/timeline?of=user&is=ward-nurse`);
    const entry = await page.locator("#work tbody tr td, #work tbody tr th").first().innerText();
    assert.match(entry, /^\d+$/);
    await look("timeline");

    await page.goto(`${root}/security/cases`);
    await look("no-cases");
    await page.getByRole("textbox", { name: "Title" }).fill("What was reported this morning");
    await page.keyboard.press("Enter");
    await page.waitForURL(/cases\/case-1$/);
    await page.getByRole("textbox", { name: "Journal entry" }).fill(entry);
    await page.getByRole("textbox", { name: "Why it matters" }).fill("The look that the report speaks of.");
    await page.getByRole("button", { name: "Pin it" }).click();
    await page.getByText("as pinned").waitFor();
    await page.getByRole("textbox", { name: "Note" }).fill("Asked the charge nurse. <b>She</b> knew on the day itself.");
    await page.getByRole("button", { name: "Add the note" }).click();
    await page.getByText("<b>She</b> knew").waitFor();
    await look("case");

    await page.goto(`${root}/security/rules`);
    await page.getByLabel("Rules", { exact: false }).first().fill(RULE);
    await page.getByRole("textbox", { name: "Name" }).fill("nurse-searches");
    await page.getByRole("button", { name: "Keep as the next version" }).click();
    assert.match(await said(), /version 1/);
    await look("rules");

    await page.goto(`${root}/security/alerts`);
    await page.getByRole("cell", { name: "The nurse searches" }).or(page.getByRole("rowheader", { name: "The nurse searches" })).first().waitFor();
    await page.getByRole("textbox", { name: "Why" }).fill("She works on this ward, and is asked every day.");
    await page.getByRole("button", { name: "Keep it quiet" }).click();
    await page.getByRole("button", { name: "Let it speak" }).waitFor();
    await look("alerts");

    await page.goto(`${root}/compliance/new/breach-assessment`);
    await page.getByRole("textbox", { name: "Incident" }).fill("The report of this morning");
    await page.getByRole("textbox", { name: "Case" }).fill("case-1");
    await page.getByLabel("Somebody here knew on").fill("2031-03-04");
    await page.getByLabel("People concerned").fill("Patient/nobody");
    await look("assessment");
    await page.getByRole("button", { name: "File it" }).click();
    await page.getByText("This cannot be filed yet").waitFor();
    await page.goto(`${root}/compliance/new/associate-agreement`);
    await page.getByRole("textbox", { name: "Business associate" }).fill("Ledger Billing");
    await page.getByLabel("What it does for the hospital").fill("Prepares claims and statements.");
    await page.getByLabel("Days in which it reports a breach").fill("90");
    await page.getByLabel("Signed on").fill("2031-01-02");
    await page.getByRole("button", { name: "File it" }).click();
    await page.waitForURL(/papers\/paper-1$/);
    await page.getByText("164.410").waitFor();
    await look("paper");
    await page.goto(`${root}/compliance/new/policy`);
    await page.getByText("What a policy has to settle").click();
    await page.getByText("Who tells whom").waitFor();
    await page.getByLabel("About").selectOption("termination");
    await page.getByLabel("What holds").fill("Whoever leaves has no access after their last day.");
    await page.getByLabel("Procedure").fill("The registrar closes the account before noon of the last day.");
    await page.getByLabel("How it is seen").fill("By the list of leavers, with the day each account was closed.");
    await page.getByLabel("Who carries it out").fill("janitor");
    await page.getByLabel("In force from").fill("2031-03-01");
    await page.getByLabel("Looked at again by").fill("2032-03-01");
    await page.getByLabel("Kept until").fill("2033-03-01");
    await look("policy");
    await page.getByRole("button", { name: "File it" }).click();
    await page.waitForURL(/papers\/paper-2$/);
    await page.getByText("nobody here is a janitor").waitFor();
    await page.getByText("which is not before 2038-03-01").waitFor();
    await page.goto(`${root}/compliance`);
    await look("compliance");
    assertNoTrouble(page);
    await page.context().close();
  });
}
