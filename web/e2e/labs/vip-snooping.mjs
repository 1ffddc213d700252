// The chart everybody has heard of: all who looked, less those on the lists of the brief, less whoever looked while they had a part.
import assert from "node:assert/strict";
import { anHourLater, hunt, over, take } from "./desk.mjs";
import { answer, brief, waitForCheck, work } from "./workspace.mjs";

/** The patient, and the logins that the brief's lists explain. */
async function read(page) {
  const text = await brief(page);
  const [, patient] = /The patient in (Patient\/\S+) is known/.exec(text);
  const lists = await page.locator(".brief-body .prose table").first().innerText();
  return { patient, explained: new Set([...lists.matchAll(/\((\w+)\)/g)].map(([, login]) => login)) };
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const { patient, explained } = await read(page);
  const who = await hunt(page, root, `category = read and patient = "${patient}" | stats count by user`);
  await look("who-looked");
  assert.ok(explained.size > 3, "the ward has a team");
  const curious = who.map((row) => row.user).filter((login) => !explained.has(login));
  await answer(page, "curious", curious.join(", "));
  await waitForCheck(page, "curious", "passed");

  for (const login of curious) await take(page, root, "Disable an account", login);
  await look("disabled");
  await anHourLater(page, root);
  assert.match(await over(page, root), /Nothing got through/);
  for (const check of ["over", "soon"]) await waitForCheck(page, check, "passed");
  await page.getByText("Lab finished").first().waitFor();
  await work(page).getByRole("table", { name: "Measures in force" }).waitFor();
  await look("over");
}
