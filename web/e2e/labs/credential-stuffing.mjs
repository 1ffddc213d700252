// Monday-morning lockouts: who tries many accounts, whose passwords fit, a code for everybody at the portal, and a rule that counts
// accounts.
import assert from "node:assert/strict";
import { anHourLater, hunt, keepRules, over, take } from "./desk.mjs";
import { answer, waitForCheck } from "./workspace.mjs";

/** Refused sign-ins, and a count of the accounts they were for: by address, or wherever they came from. */
const rules = (groupBy, timespan) => `title: A sign-in that was refused
id: 4f0c1f62-6d0e-4a53-9a35-8a3a5d0f7b01
name: refused
level: informational
logsource:
  product: practicum
  service: auth
detection:
  selection:
    kind: auth.login
  fine:
    outcome: ok
  condition: selection and not fine
---
title: Many accounts are refused
id: 4f0c1f62-6d0e-4a53-9a35-8a3a5d0f7b02
level: high
correlation:
  type: value_count
  rules:
    - refused
  group-by:
    - ${groupBy}
  timespan: ${timespan}
  condition:
    gte: 6
    field: user
`;

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  // Patients are tried, whose logins have a dot; staff mistype at workstations of the house, and a patient mistypes alone, at home.
  const refused = await hunt(page, root, 'kind = auth.login and outcome != ok and user = "*.*" | stats dc(user), count by address | top 10');
  await look("refused");
  const tried = refused.filter((row) => Number(row["dc(user)"]) > 1).map((row) => row.address);
  assert.ok(tried.length > 0, "somebody tries many accounts");
  const network = (address) => address.replace(/\.\d+$/, "");
  const from = refused.map((row) => row.address).filter((address) => tried.some((one) => network(one) === network(address)));
  const fitted = await hunt(page, root, `kind = auth.login and outcome = ok and address in (${from.map((it) => `"${it}"`).join(", ")}) | stats count by user`);
  // A workstation of the house is shared with staff, whose logins have no dot.
  const taken = fitted.map((row) => row.user).filter((login) => login.includes("."));
  await answer(page, "taken", taken.join(", "));
  await waitForCheck(page, "taken", "passed");

  await take(page, root, "Require a code to sign in", "role:patient", () => look("foreseen"));
  for (const login of taken) await take(page, root, "End what an account holds", login);
  await anHourLater(page, root);

  const said = await keepRules(page, root, "stuffing", from.length > 1 ? rules("kind", "15m") : rules("address", "3h"));
  assert.match(said, /attacks like this one elsewhere/);
  await look("rules");
  await waitForCheck(page, "recall", "passed");
  await waitForCheck(page, "precision", "passed");

  assert.match(await over(page, root), /Nothing got through/);
  await look("over");
  for (const check of ["over", "soon"]) await waitForCheck(page, check, "passed");
  await page.getByText("Lab finished").first().waitFor();
}
