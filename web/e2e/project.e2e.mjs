// A team's project from its beginning to its end: an instructor begins it, members agree, hand in and review, the panel rules and asks, and what came of
// it is kept. Then its pages are looked at in every view.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertNoTrouble, launch, open, skip as noBrowser } from "./browser.mjs";
import { lookAtAll } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { addLearner, asInstructor } from "./people.mjs";

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

/** Unfolds a part of the page by the words it is folded under. */
const unfold = (within, words) => within.locator("summary", { hasText: words }).first().click();

/** Presses a button by its name. */
const press = (within, name) => within.getByRole("button", { name, exact: true }).first().click();

/** Waits until the page says what became of a form. */
const said = (page, words) => page.locator(".said", { hasText: words }).waitFor();

test("a team plays a project to its end", { skip }, async () => {
  const lead = await asInstructor(browser, practicum.run);
  const pages = {};
  for (const name of ["Mara", "Nils", "Oda"]) {
    const link = await addLearner(lead, practicum.url, `${name} of the team`, `team-${name.toLowerCase()}`);
    pages[name] = await open(browser);
    await pages[name].goto(link);
  }
  const { Mara: mara, Nils: nils } = pages;

  await lead.goto(`${practicum.url}/projects`);
  await unfold(lead, "Begin it with a team");
  await lead.getByLabel("What the team is called").fill("Valley team");
  await lead.getByLabel("Members").fill("team-mara team-nils team-oda");
  await press(lead, "Begin the project");
  await said(lead, "The project has begun");
  const root = lead.url();

  await mara.goto(`${practicum.url}/workshops`);
  await mara.getByRole("link", { name: "To the team projects" }).click();
  await mara.getByRole("link", { name: "Valley team" }).click();
  for (const label of ["Purpose", "Roles", "Working agreement", "Risks"]) await mara.getByLabel(label).fill(`${label}: as we said on Monday, and as each of us can repeat.`);
  await press(mara, "Keep the charter");
  for (const page of Object.values(pages)) {
    await page.goto(root);
    await press(page, "Sign it");
    await said(page, "You have signed it");
  }
  const backlog = mara.locator("#backlog");
  await mara.goto(root);
  await unfold(backlog, "Put something in");
  await backlog.getByLabel("What is to be done").fill("Ask Wayside what the Z-segment is");
  await backlog.getByLabel("Done when").fill("We have the answer in writing");
  await press(backlog, "Put it in");
  await unfold(backlog, "Change");
  await backlog.getByLabel("Who sees to it").selectOption({ label: "Nils of the team" });
  await press(backlog, "Give it to them");
  await backlog.getByText("Nils of the team sees to it").waitFor();

  const feed = `${root}/milestones/feed`;
  await mara.goto(feed);
  await unfold(mara, "Hand in");
  await mara.getByLabel("The artefact, in Markdown").fill("## Inventory\n\n| message | needed | who knows |\n|---|---|---|\n| ADT^A04 | yes | the front desk |\n| SIU^S12 | no | the clinic manager |\n");
  await mara.getByLabel("Or a file, or both").setInputFiles({ name: "inventory.csv", mimeType: "text/csv", buffer: Buffer.from("ADT,yes\n") });
  await press(mara, "Hand it in");
  await said(mara, "Handed in");
  assert.equal(await mara.getByText("Review version 1").count(), 0, "nobody reviews their own work");
  await nils.goto(feed);
  for (const choices of await nils.locator(".pj-mark").all()) await choices.getByLabel("Shown", { exact: true }).check();
  for (const why of await nils.getByLabel("Why you think so").all()) await why.fill("I found it again in the second message.");
  await press(nils, "Send the review");
  await said(nils, "with its authors");
  await mara.goto(feed);
  await mara.getByLabel("Your answer").fill("Thank you; appointments are asked about.");
  await press(mara, "Answer");
  await said(mara, "Answered");

  await lead.goto(feed);
  await lead.locator("#ruling").fill("Reviewed with reasons, and answered.");
  await press(lead, "Accept");
  await said(lead, "The milestone is accepted");
  const channel = `${root}/milestones/channel`;
  await nils.goto(channel);
  await press(nils, "Look at the hospital now");
  await nils.locator("#hospital").getByText("does not hold").first().waitFor();
  await nils.getByRole("link", { name: "Enter the hospital" }).click();
  await nils.waitForURL(/\/sandboxes\/[a-z2-7]+\/patients/);

  const defence = lead.locator("#defence");
  await lead.goto(root);
  await unfold(defence, "Set the day");
  await defence.getByLabel("The day").fill("2031-04-24");
  await press(defence, "Set it");
  await unfold(defence, "Write down a question");
  await defence.getByLabel("What was asked").fill("For whom did it become harder?");
  await defence.getByLabel("What was answered").fill("For nurses on Thursdays.");
  await press(defence, "Write it down");
  await defence.getByText("For nurses on Thursdays.").waitFor();

  const contributions = (page) => page.locator("#contributions");
  await mara.goto(root);
  await unfold(contributions(mara), "Say what you contributed");
  await contributions(mara).getByLabel("Analysis").check();
  await contributions(mara).getByLabel("In your own words").fill("The inventory of the feed.");
  await press(contributions(mara), "Say it");
  await nils.goto(root);
  await unfold(contributions(nils), "Confirm it, or not");
  await press(contributions(nils), "It is so");
  await contributions(nils).getByText("Nils of the team confirms").waitFor();

  const storageState = await mara.context().storageState();
  await lookAtAll(browser, [{ url: root, name: "project" }, { url: feed, name: "project-milestone" }], { storageState });
  await lead.goto(`${root}/result`);
  await press(lead, "Close the project");
  await press(lead.locator("#close-project"), "Close it");
  await said(lead, "The project is closed");
  await mara.goto(`${practicum.url}/portfolio`);
  await mara.getByRole("link", { name: "Bring the outreach clinic" }).first().waitFor();
  for (const page of [lead, ...Object.values(pages)]) assertNoTrouble(page);
});
