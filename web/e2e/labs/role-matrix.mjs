// The role matrix, repaired: the past of the matrix says what changed, the letters what was meant, and both halves are tried.
import assert from "node:assert/strict";
import { brief, openChart, waitForCheck, work } from "./workspace.mjs";

/** What the browser's console may say: a form without its fields is refused. */
export const refused = /422/;

/** The brief's words for what is tried, as commands. */
const COMMANDS = {
  "give a drug": "administer_medication",
  "merge two charts": "merge_patients",
  "open a restricted chart by giving a reason": "break_glass",
  "sign orders": "sign_orders",
  "write a note": "write_note",
};

/** What the board decided, as the past of the matrix words it. */
const BOARD = [
  [/Pharmacists may acknowledge critical results/, "pharmacist may acknowledge critical results"],
  [/Bed managers may complete a discharge/, "bed-manager may discharge patients"],
  [/Physicians no longer enter results/, "physician may report results"],
];

/** What the brief of this attempt asks for. */
export async function read(page) {
  const text = await brief(page);
  const [, may, mayWords] = /As ([a-z-]+), (.+?) \(or try;/.exec(text);
  const [, not, notWords] = /As ([a-z-]+), try to (.+?), and be refused/.exec(text);
  const [, mrn] = /record number (\S+?), Patient/.exec(text);
  const { 1: decided } = BOARD.find(([minutes]) => minutes.test(text));
  return { may, mayDo: COMMANDS[mayWords], not, notDo: COMMANDS[notWords], mrn, decided };
}

/** What the upgrade granted and took and the board did not: as the labels of the boxes, and whether to tick them. */
export async function mistakes(page, { decided }) {
  const names = await page.locator("#working-as option").evaluateAll((options) => Object.fromEntries(options.map((it) => [it.value, it.textContent.trim()])));
  const changes = await work(page).locator("ins, del").evaluateAll((all) => all.map((it) => ({ words: it.textContent.trim(), granted: it.tagName === "INS" })));
  const label = (words) => words.replace(/^[a-z-]+/, (role) => names[role]);
  return changes.filter(({ words }) => words !== decided).map(({ words, granted }) => ({ label: label(words), tick: !granted }));
}

async function tick(page, boxes) {
  for (const { label, tick } of boxes) await work(page).getByLabel(label, { exact: true }).setChecked(tick);
  await work(page).getByRole("button", { name: "Keep as a new version" }).click();
  await page.getByText("Kept the roles.").waitFor();
}

async function workAs(page, role) {
  await page.locator("#working-as").selectOption(role);
  await page.getByRole("button", { name: "Switch" }).click();
  await page.getByText(/^You work as /).waitFor();
}

/** How a role tries what it may do: the form, and the button that sends it. It may complain of its fields. */
const TRIES = {
  administer_medication: async (page, chart) => {
    await page.goto(`${chart}/administration`);
    await work(page).getByRole("link", { name: /^Give / }).first().click();
    await work(page).getByLabel("Wristband").fill("0000000");
    await work(page).getByRole("button", { name: "Record", exact: true }).click();
  },
  merge_patients: async (page, chart) => {
    await page.goto(`${chart}/merge`);
    await work(page).getByLabel("Why the two charts are of one person").fill("To see whether I may");
    await work(page).getByRole("button", { name: "Merge" }).click();
  },
  break_glass: async (page, chart) => {
    await page.goto(`${chart}/break-glass`);
    await work(page).getByLabel("Why you need this chart now").fill("The patient cannot answer");
    await work(page).getByRole("button", { name: "Open the chart" }).click();
  },
};

/** Tries a command as a role from outside the browser, with a token made for it. Resolves to the status. */
export async function tryOutside(page, url, { role, command }, token) {
  const sandbox = await page.locator(".hospital-id code").textContent();
  const post = (path, body) => fetch(`${url}/s/${sandbox}/${path}`, { method: "POST", headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" }, body: JSON.stringify(body) });
  assert.equal((await post("role", { role })).status, 200);
  return (await post(`commands/${command}`, {})).status;
}

/** Makes a token on the page for tokens. */
async function makeToken(page, url) {
  await page.goto(`${url}/me/tokens`);
  await page.getByLabel("What it is for").fill("the proof");
  await page.getByRole("button", { name: "Make a token" }).click();
  return page.locator("#new-token").textContent();
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const asked = await read(page);
  // The lab begins as the analyst, who opens no chart.
  await workAs(page, "all-round");
  await openChart(page, root, asked.mrn);
  const chart = page.url().replace("/summary", "");
  await page.goto(`${root}/build/roles`);
  const wrong = await mistakes(page, asked);
  await look("matrix");
  const [first, ...others] = wrong;
  await tick(page, [first]);
  await page.getByRole("button", { name: "Check now" }).click();
  await waitForCheck(page, first.tick ? "given-back" : "taken-back", "failed");
  await look("half");
  await tick(page, others);
  await waitForCheck(page, "given-back", "passed");
  await waitForCheck(page, "taken-back", "passed");

  await workAs(page, asked.may);
  await TRIES[asked.mayDo](page, chart);
  await waitForCheck(page, "may", "passed");
  await look("may");
  const { origin } = new URL(root);
  const token = await makeToken(page, origin);
  await page.goto(`${root}/patients`);
  assert.equal(await tryOutside(page, origin, { role: asked.not, command: asked.notDo }, token), 403);
  await page.getByText("Lab finished").first().waitFor();
  await page.goto(`${root}/patients`);
  await look("finished");
}
