// Six browsers play a workshop to its end: five roles and a facilitator, with secrets that stay where they are, a ballot, somebody who
// drops out and comes back, and a step back. Two rate the team, each alone. Afterwards every page of it is looked at in every view.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertNoTrouble, launch, open, skip as noBrowser } from "./browser.mjs";
import { lookAtAll } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { addLearner, asInstructor } from "./people.mjs";

const skip = noBrowser || noBinary;

/** The roles, by what begins their label, and what stands in each one's envelope alone. */
const ROLES = {
  cno: ["chief nursing officer", "A nurse will have six patients"],
  cmio: ["chief medical information officer", "it was signed on screen shots"],
  it: ["IT lead", "the one of the old floor plan"],
  registration: ["registration manager", "fourteen records for nine people"],
  trainer: ["training lead", "because it counts who enrolled"],
};

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

/** Presses a button by its name, the words that only a screen reader hears included. */
const press = (page, name) => page.getByRole("button", { name }).first().click();

/** Unfolds a part of the page by the words it is folded under. */
const unfold = (page, words) => page.locator("summary", { hasText: words }).first().click();

/** Waits until a piece of the room shows some words. */
const shows = (page, piece, words) => page.locator(`#ws-${piece}`).getByText(words).first().waitFor();

/** Puts what a role knows on the table; once more, where the page was drawn anew under the pointer. */
const putOnTable = async (page, words) => {
  const shown = page.locator("#ws-table").getByText(words).first();
  const button = page.locator(".ws-fact", { hasText: words }).getByRole("button", { name: /^Put on the table/ });
  for (let tries = 0; tries < 4 && !(await shown.isVisible()); tries += 1) {
    await button.click();
    await shown.waitFor({ timeout: 20_000 }).catch(() => {});
  }
};

/** Hands in how somebody rates the team: a level for each behaviour, or nothing where it could not be seen. */
const rate = async (page, levels, note) => {
  for (const [at, level] of levels.entries()) {
    const behaviour = page.locator("section.ws-decision").nth(at);
    await behaviour.getByLabel(level ? `${level} · ` : "It could not be seen").check();
    await behaviour.getByLabel("What you saw or heard").fill(note);
  }
  await press(page, "Hand in");
};

/** Does the same on every page at once. */
const together = (pages, work) => Promise.all(Object.entries(pages).map(([role, page]) => work(page, role)));

test("six people play a case to its end", { skip }, async () => {
  const lead = await asInstructor(browser, practicum.run);
  const links = {};
  for (const role of Object.keys(ROLES)) links[role] = await addLearner(lead, practicum.url, `Player ${role}`, `player-${role}`);

  await lead.goto(`${practicum.url}/workshops`);
  const card = lead.locator("section.card", { hasText: "Go-live at six" }).last();
  await card.locator("summary", { hasText: "Arrange it" }).click();
  await card.getByRole("button", { name: "Arrange the workshop" }).click();
  await lead.waitForURL(/\/workshops\/[a-z0-9]+$/);
  const room = lead.url();
  const code = await lead.locator("code").filter({ hasText: /^[a-z2-7]{8}$/ }).first().textContent();

  const pages = {};
  await together(links, async (link, role) => {
    const page = await open(browser);
    await page.goto(link);
    await page.goto(`${practicum.url}/workshops`);
    await page.getByLabel("Its code").fill(code);
    await press(page, "Take part");
    await page.waitForURL(room);
    await press(page, `Take this seat : ${ROLES[role][0]}`);
    await shows(page, "seats", "you");
    pages[role] = page;
  });
  await shows(lead, "seats", "Player trainer");
  await press(lead, "Begin");

  // Everybody reads their own envelope, and nobody another's: not even in what the page holds without showing it.
  await together(pages, async (page, role) => {
    await shows(page, "envelope", ROLES[role][1]);
    const html = await page.content();
    for (const [other, [, secret]] of Object.entries(ROLES)) assert.equal(html.includes(secret), other === role, `${role} and the secret of ${other}`);
    await page.locator("#ws-questions").getByLabel("I do not know").first().check();
    await press(page, "Answer");
    await shows(page, "questions", "1 answered");
  });
  await shows(lead, "console", "5 of 5 roles have answered");
  await press(lead, "Next phase");

  // What one puts on the table, all see; what is half written meanwhile stays.
  await pages.cno.getByLabel("Say something").fill("Half a sen");
  await putOnTable(pages.trainer, ROLES.trainer[1]);
  await together(pages, (page) => shows(page, "table", ROLES.trainer[1]));
  assert.equal(await pages.cno.getByLabel("Say something").inputValue(), "Half a sen");
  await putOnTable(pages.it, ROLES.it[1]);
  await shows(pages.cno, "table", ROLES.it[1]);

  await together(pages, async (page, role) => {
    await page.locator("#ws-decisions").getByLabel(role === "cno" ? "Postpone both units by a week." : /^Switch 4 West at six/).check();
    await press(page, "Vote");
    await page.getByRole("button", { name: "Vote anew" }).waitFor();
  });
  await shows(lead, "decisions", "5 of 5 roles have voted");
  assert.equal(await pages.it.getByRole("table", { name: /^Ballot/ }).count(), 0);
  await press(lead, "Reveal the ballot");
  await pages.it.getByRole("row", { name: /^Switch 4 West at six .* 4$/ }).waitFor();

  await unfold(pages.cno, "Write the decision down");
  const log = pages.cno.locator('#ws-decisions form', { hasText: "What it rests on" });
  await log.getByLabel(/^Switch 4 West at six/).check();
  await log.getByLabel(new RegExp(ROLES.trainer[1])).check();
  await log.getByLabel(new RegExp(ROLES.it[1])).check();
  await log.getByRole("button", { name: "Write it into the log" }).click();
  await together(pages, (page) => shows(page, "decisions", "decided"));

  // What comes to one role alone reaches it and the facilitator.
  await press(lead, "Next phase");
  await shows(lead, "state", "The first hours");
  await press(lead, "Stop the clock");
  await press(lead, "15 min later");
  await shows(pages.registration, "happened", "Two Okafors");
  await shows(pages.it, "happened", "Nobody gets in");
  assert.ok(!(await pages.it.content()).includes("Two Okafors"));

  // Somebody drops out, and finds everything when they come back.
  const storageState = await pages.it.context().storageState();
  assertNoTrouble(pages.it);
  await pages.it.context().close();
  const hand = pages.registration;
  await unfold(hand, "Hand something over");
  const form = hand.locator("form", { hasText: "Recommendation" });
  await form.getByLabel("To").selectOption({ label: "IT lead" });
  for (const part of ["Situation", "Background", "Assessment", "Recommendation"]) await form.getByLabel(part).fill(`${part} of the labels`);
  await form.getByRole("button", { name: "Hand it over" }).click();
  await shows(hand, "hand-offs", "open");
  pages.it = await open(browser, { storageState });
  await pages.it.goto(room);
  await shows(pages.it, "envelope", ROLES.it[1]);
  await pages.it.getByLabel("Read back what you understood").fill("Stop the labels");
  await press(pages.it, "Read back");
  await press(hand, /^That is right/);
  await shows(pages.it, "hand-offs", "closed");

  // The facilitator steps back: what was handed over since is set aside, and the same comes again.
  await unfold(lead, "Step back");
  await lead.getByLabel("To the beginning of").selectOption({ label: "The first hours" });
  await lead.locator("#ws-console form", { hasText: "To the beginning of" }).getByRole("button", { name: "Step back" }).click();
  await together(pages, (page) => shows(page, "state", "stepped back once"));
  await shows(pages.it, "hand-offs", "Nothing was handed");
  await press(lead, "Stop the clock");
  await press(lead, "15 min later");
  await shows(pages.registration, "happened", "Two Okafors");
  await putOnTable(pages.registration, "Two patients called Okafor");
  await together(pages, (page) => shows(page, "table", "Two patients called Okafor"));
  await pages.cno.getByLabel("Say something").fill("Everybody stops and listens.");
  await press(pages.cno, "Say it");
  await shows(pages.trainer, "talk", "Everybody stops and listens.");

  const states = { lead: await lead.context().storageState(), registration: await pages.registration.context().storageState() };
  await lookAtAll(browser, [{ url: room, name: "workshop-console" }], { storageState: states.lead });
  await lookAtAll(browser, [{ url: room, name: "workshop-role" }, { url: `${room}/report`, name: "workshop-report-open" }], { storageState: states.registration });

  for (const phase of ["The morning after six", "Hot wash"]) {
    await press(lead, "Next phase");
    await shows(lead, "state", phase);
  }
  await pages.trainer.getByLabel("What to change").fill("The report shows completions.");
  await press(pages.trainer, "Write it down");
  await press(lead, "End the workshop");
  await together(pages, (page) => shows(page, "state", "The workshop is over"));

  // What they did together counts for each of them, as work of five; whoever facilitated has shown nothing by it.
  await pages.trainer.goto(`${practicum.url}/portfolio`);
  await pages.trainer.getByRole("row", { name: /Go-live at six.*a team of 5/ }).first().waitFor();
  await lookAtAll(browser, [{ url: `${practicum.url}/portfolio`, name: "workshop-portfolio" }], { storageState: await pages.trainer.context().storageState() });

  // The facilitator and a second instructor rate the team, and neither sees the other's marks before both are in.
  const account = { login: "second-rater", name: "Sam Second", role: "instructor", password: "four plain little words" };
  const asked = { Authorization: `Bearer ${practicum.run.demo.instructor_token}`, "Content-Type": "application/json" };
  assert.ok((await fetch(`${practicum.url}/api/people`, { method: "POST", headers: asked, body: JSON.stringify(account) })).ok);
  await lead.getByRole("link", { name: "Rate the team" }).click();
  await lead.getByLabel("Login of the second rater").fill(account.login);
  await press(lead, "Name them");
  const second = await open(browser);
  await second.goto(`${practicum.url}/sign-in`);
  await second.getByLabel("Login").fill(account.login);
  await second.getByLabel("Password").fill(account.password);
  await second.getByRole("button", { name: "Sign in" }).click();
  await second.goto(room);
  await second.getByRole("link", { name: "Rate the team" }).click();
  await lookAtAll(browser, [{ url: `${room}/rating`, name: "workshop-rating" }], { storageState: await second.context().storageState() });
  await rate(second, [2, 3, 1, 4, 3], "As Sam saw it");
  await second.getByText("Yours are in").waitFor();
  await lead.reload();
  await lead.getByText("has handed in").waitFor();
  assert.ok(!(await lead.content()).includes("As Sam saw it"));
  await rate(lead, [4, 3, 2, 4, null], "From the console I saw no ward");
  await lead.getByRole("region", { name: /What each knows is asked for.*2 levels apart/ }).getByText("4 and 2, open").waitFor();
  await lead.getByText("Quadratic weighted kappa is").waitFor();
  await lead.getByLabel("It comes to").selectOption("3");
  await lead.getByLabel("Because").fill("Registration was asked, after the vote.");
  await press(lead, "Propose it");
  await second.reload();
  await second.getByText("proposes 3").waitFor();
  await lookAtAll(browser, [{ url: `${room}/rating`, name: "workshop-rated" }], { storageState: await second.context().storageState() });
  await press(second, "Agree");
  await second.getByText("Everything is settled.").waitFor();
  assertNoTrouble(second);

  await pages.cno.getByRole("link", { name: "After-action report" }).click();
  const seen = pages.cno.getByRole("region", { name: /What each knows is asked for/ });
  await seen.getByText("3, settled").waitFor();
  await seen.getByText("As Sam saw it").waitFor();
  await pages.cno.getByText("Known to the registration manager and in no decision").first().waitFor();
  await unfold(pages.cno, "Put a corrective action in");
  for (const [label, text] of [["What is to be improved", "Green numbers"], ["What is done about it", "Show completions"], ["Who sees to it", "Training lead"], ["By when", "2031-04-30"]]) await pages.cno.getByLabel(label).fill(text);
  const taken = pages.cno.waitForResponse((response) => response.request().method() === "POST");
  await press(pages.cno, "Put it in");
  await taken;
  await pages.cno.reload();
  await pages.cno.getByRole("cell", { name: "Show completions" }).waitFor();
  const file = async (name) => (await pages.cno.request.get(`${room}/${name}`)).text();
  assert.match(await file("report.md"), /## Improvement plan[\s\S]*Show completions/);
  assert.match(await file("plan.csv"), /"Green numbers","Show completions"/);
  assert.match(await file("decisions.csv"), /Switch 4 West at six/);
  await together(pages, (page) => assertNoTrouble(page));
  await lookAtAll(browser, [{ url: `${practicum.url}/workshops`, name: "workshops" }, { url: `${room}/report`, name: "workshop-report" }], { storageState: states.lead });
});
