// A crisis played to its end in the browser by keyboard alone; a team of two that sees the same by number, through a stream that
// is cut and taken up again; and every page of it in every view.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertNoTrouble, launch, skip as noBrowser } from "./browser.mjs";
import { lookAtAll } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asDemoLearner, asInstructor, asNewLearner } from "./people.mjs";

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

/** Calls the API as the demonstration's learner, or with another token. */
async function api(method, path, body, token = practicum.run.demo.learner_token) {
  const answer = await fetch(`${practicum.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

/** The next events of a drill's stream after a number, until there are `count`; then the stream is cut. */
async function stream(drill, after, count) {
  const cut = new AbortController();
  const headers = { authorization: `Bearer ${practicum.run.demo.learner_token}`, accept: "text/event-stream", "last-event-id": `${after}` };
  const answer = await fetch(`${practicum.url}/api/drills/${drill}/events`, { headers, signal: cut.signal });
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of answer.body) {
    text += decoder.decode(chunk, { stream: true });
    if ((text.match(/^data:/gm) ?? []).length >= count) break;
  }
  cut.abort();
  return [...text.matchAll(/^data: ?(.*)$/gm)].slice(0, count).map((match) => JSON.parse(match[1]));
}

/** The button that gives a command: what it does stands in words that only a screen reader reads. */
const giving = (title) => new RegExp(`^Do it ?: ${title}$`);

/** Presses a button by keyboard alone, once it can be pressed. */
async function press(page, name) {
  const button = page.getByRole("button", { name, exact: true });
  await button.waitFor();
  await button.focus();
  await page.keyboard.press("Enter");
}

/** Gives a command, and lets time pass until it is done. */
async function does(page, title) {
  await press(page, giving(title));
  const done = page.getByText(`Done: ${title}`).first();
  for (let tries = 0; tries < 30 && !(await done.isVisible()); tries++) {
    await press(page, "5 min later");
    await done.waitFor({ timeout: 1500 }).catch(() => {});
  }
  await done.waitFor();
}

test("a crisis is lived through by keyboard alone, and told afterwards", { skip }, async () => {
  const page = await asDemoLearner(browser, practicum.run);
  await page.goto(`${practicum.url}/drills`);
  const card = page.locator("section.card", { hasText: "The engine dies" });
  await card.getByRole("button", { name: "Begin alone" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/drills\/[a-z0-9]+$/);
  const root = page.url();
  await press(page, "Stop the clock");
  await page.getByRole("button", { name: "Let the clock run", exact: true }).waitFor();

  await press(page, "1 min later");
  await page.getByText("The engine stops", { exact: true }).waitFor();
  // Everything that goes through the engine carries nothing now.
  await page.locator("#drill-wall").getByRole("row", { name: /^Laboratory/ }).getByText("cut off", { exact: true }).waitFor();

  for (const title of ["Look at the engine", "Declare downtime", "Send the downtime cart round", "Telephone critical results", "Move the engine to the standby"]) {
    await does(page, title);
  }
  for (const title of ["Open the admission interfaces", "Open the order interfaces", "Open the result interfaces and the rest", "Enter the night’s paper into the chart"]) {
    await does(page, title);
  }
  await page.locator("#drill-wall").getByRole("row", { name: /^Laboratory/ }).getByText("up", { exact: true }).waitFor();
  await does(page, "End the downtime");
  await page.getByText("The drill is over", { exact: true }).first().waitFor();
  assertNoTrouble(page);

  // What one has done alone in a drill has been shown without help.
  await page.goto(`${practicum.url}/portfolio`);
  await page.getByRole("row", { name: /The engine dies.*none$/ }).first().waitFor();

  const storageState = await page.context().storageState();
  const team = await api("POST", "/api/drills", { scenario: "ransomware-night", team: true });
  await api("POST", `/api/drills/${team.id}/pass`, { minutes: 20 });
  await lookAtAll(
    browser,
    [
      { url: `${practicum.url}/drills`, name: "drills" },
      { url: root, name: "drill-over" },
      { url: `${root}/debrief`, name: "drill-debrief" },
      { url: `${practicum.url}/drills/${team.id}`, name: "drill-console" },
      { url: `${practicum.url}/drills/${team.id}/debrief`, name: "drill-debrief-open" },
    ],
    { storageState },
  );
});

test("a team sees the same, by number, however often a stream is cut", { skip }, async () => {
  const drill = await api("POST", "/api/drills", { scenario: "engine-dies", team: true });
  const other = await asNewLearner(browser, practicum.run, "Second Drill", "second-drill");
  await other.goto(`${practicum.url}/drills`);
  await other.getByLabel("Its code").fill(drill.code);
  await press(other, "Take part");
  await other.waitForURL(/\/drills\/[a-z0-9]+$/);
  await other.getByText("Your roles", { exact: true }).click();
  await other.getByLabel("House supervisor").check();
  await press(other, "Take these roles");
  await other.getByText("These are your roles now.").first().waitFor();

  // What one does, the other's page shows without being asked; and a role that is not one's own refuses.
  await api("POST", `/api/drills/${drill.id}/pass`, { minutes: 2 });
  await other.getByText("The engine stops", { exact: true }).waitFor();
  const refused = await api("POST", `/api/drills/${drill.id}/commands`, { key: "1", command: "declare" });
  assert.equal(refused.outcome, "refused");
  await press(other, giving("Declare downtime"));
  await other.getByText(/sets to work, until/).first().waitFor();
  await api("POST", `/api/drills/${drill.id}/pass`, { minutes: 5 });
  await other.getByText("Done: Declare downtime").first().waitFor();
  assertNoTrouble(other);

  const { events, seq } = await api("GET", `/api/drills/${drill.id}`);
  assert.deepEqual(events.map((event) => event.seq), Array.from({ length: seq }, (_, place) => place + 1));
  const streamed = [];
  while (streamed.length < seq) {
    const more = await stream(drill.id, streamed.length, Math.min(2, seq - streamed.length));
    streamed.push(...more);
  }
  assert.deepEqual(streamed, events);
});

test("a second drill is told beside the first, among the outcomes of a cohort", { skip }, async () => {
  const page = await asDemoLearner(browser, practicum.run);
  for (let number = 0; number < 2; number += 1) {
    const { id } = await api("POST", "/api/drills", { scenario: "engine-dies" });
    await page.goto(`${practicum.url}/drills/${id}`);
    await does(page, "Look at the engine");
    await press(page, "End the drill");
    await page.getByText("The drill is over", { exact: true }).first().waitFor();
  }
  const token = practicum.run.demo.instructor_token;
  const cohort = await api("POST", "/api/cohorts", { title: "Who drills twice" }, token);
  const { login } = await api("GET", "/api/me");
  await api("POST", `/api/cohorts/${cohort.id}/people`, { login }, token);
  const instructor = await asInstructor(browser, practicum.run);
  const outcomes = `${practicum.url}/programme/cohorts/${cohort.id}/outcomes`;
  await instructor.goto(outcomes);
  const trends = instructor.getByRole("table", { name: "The first drill and the latest" });
  await trends.getByRole("row", { name: /^Points.* of 1 did better/ }).waitFor();
  await trends.getByRole("row", { name: /^Minutes until it was known/ }).waitFor();
  assertNoTrouble(instructor);
  await lookAtAll(browser, [{ url: outcomes, name: "cohort-outcomes-drills" }], { storageState: await instructor.context().storageState() });
});
