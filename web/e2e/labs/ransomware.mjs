// Your records are locked: the account that changes many records, the one that was tried from the same place, what they locked brought
// back, and a rule that counts changes.
import assert from "node:assert/strict";
import { anHourLater, hunt, keepRules, over, take } from "./desk.mjs";
import { answer, waitForCheck, work } from "./workspace.mjs";

const RULES = `title: A record was changed through an app
id: 7c3a0b7e-2f5d-4d0a-8b53-7a3a5d0f7b01
name: changed
level: informational
logsource:
  product: practicum
  service: fhir
detection:
  selection:
    category: update
    outcome: ok
  condition: selection
---
title: One account changes many records
id: 7c3a0b7e-2f5d-4d0a-8b53-7a3a5d0f7b02
level: high
correlation:
  type: value_count
  rules:
    - changed
  group-by:
    - user
  timespan: 30m
  condition:
    gte: 7
    field: id
`;

/** Brings back what an account changed after a moment. */
async function bringBack(page, root, asOf, login, look) {
  await page.goto(`${root}/security/response`);
  const card = work(page).locator("#restore");
  await card.getByRole("textbox", { name: "As of" }).fill(asOf);
  await card.getByRole("textbox", { name: "Changed by" }).fill(login);
  await card.getByRole("button", { name: "See what would come back" }).click();
  await card.getByText("records would be as they were").waitFor();
  await look("would-come-back");
  await card.getByRole("button", { name: "Bring them back" }).click();
  await page.getByText("records are as they were.").waitFor();
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const [busiest] = await hunt(page, root, "kind = fhir.update | stats dc(id), count by user, address | top 10");
  await look("who-changes");
  // From where records are locked, which technicians' accounts were tried? Those of the ward sign in there on their way to patients.
  const came = await hunt(page, root, `kind = auth.login and address = "${busiest.address}" | fields time, user`);
  const others = [...new Set(came.map((row) => row.user))].filter((login) => login !== busiest.user);
  const away = [];
  for (const login of others) {
    const places = await hunt(page, root, `user = ${login} and kind = auth.login | stats count by address`);
    if (places.length > 1 || others.length === 1) away.push(login);
  }
  await answer(page, "accounts", [busiest.user, ...away].join(", "));
  await waitForCheck(page, "accounts", "passed");

  for (const login of [busiest.user, ...away]) await take(page, root, "Disable an account", login);
  const [first] = await hunt(page, root, `kind = fhir.update and user = ${busiest.user} and address = "${busiest.address}" | sort time | fields time | head 1`);
  await anHourLater(page, root);
  assert.match(await over(page, root), /Nothing got through/);
  await waitForCheck(page, "over", "passed");

  const before = new Date(Date.parse(first.time) - 1_000).toISOString();
  await bringBack(page, root, before, busiest.user, look);
  await waitForCheck(page, "restored", "passed");
  await keepRules(page, root, "mass-rewrite", RULES);
  for (const check of ["recall", "precision"]) await waitForCheck(page, check, "passed");
  await page.getByText("Lab finished").first().waitFor();
  await look("finished");
}
