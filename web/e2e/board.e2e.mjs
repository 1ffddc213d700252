// Several browsers write on the board of a workshop: at once in one sentence, by keyboard alone, away from the server, in two windows. Afterwards it is
// looked at side by side and as an outline, in every view.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertNoTrouble, launch, open, skip as noBrowser, WINDOWS } from "./browser.mjs";
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

/** Waits until the board is there and everything on it is kept. */
const kept = (page) => page.locator("shared-board[data-ready] [data-state=kept]").waitFor();

/** What the focus is on: its label, its words, or its id. */
const focused = (page) =>
  page.evaluate(() => {
    const on = document.activeElement;
    return on?.labels?.[0]?.textContent || on?.getAttribute("aria-label") || on?.textContent || on?.id || "";
  });

/** Goes on with Tab until the focus is on something called so. */
const tabTo = async (page, name) => {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press("Tab");
    if (name.test(await focused(page))) return;
  }
  assert.fail(`Tab never came to ${name}; it is at ${await focused(page)}`);
};

/** The words on the cards of a lane. */
const cards = (page, lane) => page.locator(`.board-lane[data-lane=${lane}] textarea`).evaluateAll((fields) => fields.map((field) => field.value));

/** Waits until a lane holds these cards. */
const holds = (page, lane, words) =>
  page.waitForFunction(
    ([lane, words]) => JSON.stringify([...document.querySelectorAll(`.board-lane[data-lane=${lane}] textarea`)].map((field) => field.value)) === JSON.stringify(words),
    [lane, words],
  );

const reads = (page, field, words) => page.waitForFunction(([field, words]) => document.getElementById(field)?.value === words, [field, words]);

test("people write on one board at once, by pointer and by keyboard", { skip }, async () => {
  const lead = await asInstructor(browser, practicum.run);
  const links = [];
  for (const name of ["Ira Writer", "Late Lotte"]) links.push(await addLearner(lead, practicum.url, name, `board-${name.slice(0, 3).toLowerCase()}`));
  await lead.goto(`${practicum.url}/workshops`);
  const card = lead.locator("section.card", { hasText: "Go-live at six" }).last();
  await card.locator("summary", { hasText: "Arrange it" }).click();
  await card.getByRole("button", { name: "Arrange the workshop" }).click();
  await lead.waitForURL(/\/workshops\/[a-z0-9]+$/);
  const room = lead.url();
  const code = await lead.locator("code").filter({ hasText: /^[a-z2-7]{8}$/ }).first().textContent();
  const join = async (link) => {
    const page = await open(browser);
    await page.goto(link);
    await page.goto(`${practicum.url}/workshops`);
    await page.getByLabel("Its code").fill(code);
    await page.getByRole("button", { name: "Take part" }).click();
    await page.waitForURL(room);
    return page;
  };
  const ira = await join(links[0]);

  // Without a seat one reads.
  await ira.goto(`${room}/board`);
  await ira.getByText("take a seat to write").waitFor();
  assert.ok(await ira.locator("#notes").evaluate((field) => field.readOnly));
  await ira.goto(room);
  await ira.getByRole("button", { name: "Take this seat : IT lead" }).click();
  await ira.locator("#ws-seats").getByText("you").first().waitFor();
  await ira.getByRole("link", { name: "Board" }).first().click();
  await kept(ira);
  await lead.goto(`${room}/board`);
  await kept(lead);

  // Two type into one text at once; each keeps their words and their caret.
  await lead.locator("#notes").fill("Before six: ");
  await reads(ira, "notes", "Before six: ");
  await ira.locator("#notes").focus();
  await ira.keyboard.press("Control+End");
  await lead.locator("#notes").focus();
  await lead.keyboard.press("Control+Home");
  await Promise.all([
    ira.keyboard.type("printers are checked by Ira 🏥", { delay: 25 }),
    lead.keyboard.type("Lead writes at the beginning. ", { delay: 25 }),
  ]);
  const both = "Lead writes at the beginning. Before six: printers are checked by Ira 🏥";
  await Promise.all([reads(lead, "notes", both), reads(ira, "notes", both)]);

  // Each sees the other, and where they are.
  await lead.getByText("Also here: Ira Writer").waitFor();
  await lead.locator("#notes + .board-held", { hasText: "Ira Writer" }).waitFor();

  // By keyboard alone: as an outline, cards are added, moved, put into another lane and taken away.
  await ira.locator("h1").first().evaluate((heading) => {
    heading.tabIndex = -1;
    heading.focus();
  });
  await tabTo(ira, /^Outline$/);
  await ira.keyboard.press("Enter");
  await tabTo(ira, /^Add a card: What we know$/);
  await ira.keyboard.press("Enter");
  await ira.keyboard.type("The floor plan is old");
  await ira.keyboard.press("Control+Enter");
  await ira.keyboard.type("Badges work");
  await ira.keyboard.press("Alt+ArrowUp");
  await holds(lead, "known", ["Badges work", "The floor plan is old"]);
  assert.match(await focused(ira), /What we know, card 1 of 2/);
  await ira.keyboard.press("Alt+Shift+ArrowRight");
  await holds(lead, "open", ["Badges work"]);
  assert.match(await focused(ira), /What we need to know, card 1 of 1/);
  await tabTo(ira, /take the card away/);
  await ira.keyboard.press("Enter");
  await holds(lead, "open", []);
  await tabTo(ira, /^Lane$/);
  await ira.locator("h1").first().evaluate((heading) => heading.focus());
  await tabTo(ira, /^Undo$/);
  await ira.keyboard.press("Enter");
  await holds(lead, "open", ["Badges work"]);

  // Steps are added and connected, and the map is drawn of them.
  await tabTo(ira, /^Add a step$/);
  await ira.keyboard.press("Enter");
  await ira.keyboard.type("Print the label");
  await ira.keyboard.press("Control+Enter");
  await ira.keyboard.type("Two names alike?");
  await tabTo(ira, /^Leads to$/);
  await tabTo(ira, /^Connect$/);
  await ira.keyboard.press("Enter");
  await lead.locator(".board-arrows", { hasText: "→ 1, Print the label" }).waitFor();
  await tabTo(ira, /^when$/);
  await ira.keyboard.type("they differ");
  await lead.waitForFunction(() => document.querySelector("process-map svg .board-when")?.textContent === "they differ");
  await lead.getByRole("img", { name: /2 steps, one arrow/ }).waitFor();

  // The table: a column, its name, a cell, a row below.
  await tabTo(ira, /^Add a column$/);
  await ira.keyboard.press("Enter");
  await ira.keyboard.type("Unit");
  await tabTo(ira, /^Unit, row 1 of 1$/);
  await ira.keyboard.type("4 West");
  await ira.keyboard.press("Control+Enter");
  await ira.keyboard.type("=6 East");
  await lead.locator("td input").nth(1).waitFor();
  await lead.waitForFunction(() => [...document.querySelectorAll("td input")].map((field) => field.value).join() === "4 West,=6 East");

  // By pointer: the lead adds a card and drags it to another lane.
  await lead.getByRole("button", { name: /^Add a card ?: What could go wrong/ }).click();
  await lead.keyboard.type("<script>alert(1)</script>");
  await holds(ira, "risk", ["<script>alert(1)</script>"]);
  await lead.locator(".board-lane[data-lane=risk] .board-handle").dragTo(lead.locator(".board-lane[data-lane=idea]"));
  await holds(ira, "idea", ["<script>alert(1)</script>"]);

  // Away from the server one goes on writing, and it comes when the server is heard again; meanwhile the other takes the same card away from its place.
  await kept(ira);
  await ira.context().setOffline(true);
  await ira.locator(".board-lane[data-lane=idea] textarea").focus();
  await ira.keyboard.press("Control+End");
  await ira.keyboard.type(" is shown as text");
  await lead.locator(".board-lane[data-lane=idea] select").selectOption("risk");
  await ira.getByText("goes when it is").waitFor();
  await ira.context().setOffline(false);
  await Promise.all([lead, ira].map((page) => holds(page, "risk", ["<script>alert(1)</script> is shown as text"])));
  await kept(ira);

  // A second window of the same person and somebody who comes late see all of it, and write too.
  const twin = await ira.context().newPage();
  await twin.goto(`${room}/board`);
  await kept(twin);
  await holds(twin, "known", ["The floor plan is old"]);
  await twin.getByText("you, in another window").waitFor();
  const lotte = await join(links[1]);
  await lotte.getByRole("button", { name: "Take this seat : training lead" }).click();
  await lotte.locator("#ws-seats").getByText("you").first().waitFor();
  await lotte.goto(`${room}/board`);
  await kept(lotte);
  await reads(lotte, "notes", both);
  await twin.locator(".board-lane[data-lane=known] textarea").fill("The floor plan is from spring");
  await holds(lotte, "known", ["The floor plan is from spring"]);

  // The facilitator locks the board: others read, and are told why.
  await lead.getByRole("button", { name: "Lock the board" }).click();
  await lotte.getByText("the facilitator has locked the board").waitFor();
  assert.ok(await lotte.getByRole("button", { name: /^Add a card ?: What we know/ }).isDisabled());
  await lead.getByRole("button", { name: "Open the board" }).click();
  await lotte.getByText("the facilitator has locked the board").waitFor({ state: "hidden" });

  // What does not fit is refused in words, and the window reads the board anew.
  await lotte.evaluate(() => document.querySelector(".board-lane[data-lane=idea] .button")?.click());
  const idea = lotte.locator(".board-lane[data-lane=idea] textarea").last();
  await idea.evaluate((field) => {
    field.removeAttribute("maxlength");
    field.value = "x".repeat(1001);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await lotte.locator("#toasts").getByText("at most 1000 fit").waitFor();
  await kept(lotte);
  await reads(lotte, "notes", both);

  const file = async (name) => (await lotte.request.get(`${room}/${name}`)).text();
  assert.match(await file("board.md"), /## Cards[\s\S]*floor plan is from spring[\s\S]*## Process[\s\S]*leads to 1, Print the label when they differ/);
  assert.match(await file("board-table.csv"), /"4 West"\r\n"'=6 East"/);
  assert.match(await file("board-cards.csv"), /"What could go wrong","<script>/);
  assert.equal(await cards(lotte, "open").then((all) => all.length), 1);

  const states = { lead: await lead.context().storageState(), ira: await ira.context().storageState() };
  await lookAtAll(browser, [{ url: `${room}/board`, name: "board" }, { url: `${room}/board/print`, name: "board-print" }], { storageState: states.lead });
  await lookAtAll(browser, [{ url: `${room}/board`, name: "board-outline" }], { storageState: states.ira });
  // On a phone all tools of a card stand in one line.
  const phone = await open(browser, { ...WINDOWS.narrow, storageState: states.lead });
  await phone.goto(`${room}/board`);
  await kept(phone);
  const middles = await phone.locator(".board-lane .board-tools").first().evaluate((tools) => [...tools.querySelectorAll("button, select")].map((tool) => tool.getBoundingClientRect()).map(({ top, bottom }) => (top + bottom) / 2));
  assert.ok(middles.length === 4 && Math.max(...middles) - Math.min(...middles) < 4, `the tools stand at ${middles}`);
  assertNoTrouble(lead);
  assertNoTrouble(ira, /ERR_INTERNET_DISCONNECTED|NETWORK_CHANGED/);
  assertNoTrouble(lotte, /status of 422/);
});
