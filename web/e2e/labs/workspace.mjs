// What a learner does in any lab: start it, read the brief, watch the checks, answer, ask the console.
import assert from "node:assert/strict";

/** Starts a lab from its page, anew if it was begun before. Resolves to the address of the attempt. */
export async function startLab(page, url, slug) {
  await page.goto(`${url}/labs/${slug}`);
  const start = page.getByRole("button", { name: "Start", exact: true });
  if (await start.count()) await start.click();
  else {
    await page.getByRole("button", { name: "Start anew…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Start anew" }).click();
  }
  // The patients, or where the lab's role works.
  await page.waitForURL(/\/attempts\/[a-z2-7]+\/(patients|build)/);
  return page.url().replace(/\/(patients|build).*/, "");
}

/** The hospital's side of the workspace. */
export function work(page) {
  return page.locator("#work");
}

/** The brief as plain text. */
export async function brief(page) {
  return (await page.locator(".brief-body .prose").first().innerText()).replaceAll(/\s+/g, " ");
}

/** Waits until a check stands as wanted, without loading the page again. */
export async function waitForCheck(page, id, state) {
  await page.waitForFunction(([id, state]) => document.getElementById(`check-${id}`)?.dataset.state === state, [id, state]);
}

/** The state of every check by id. */
export function states(page) {
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".check")].map((row) => [row.id.slice("check-".length), row.dataset.state])));
}

/** Answers the question of a check. */
export async function answer(page, id, value) {
  const field = page.locator(`#answer-${id}`);
  await field.fill(value);
  await field.press("Enter");
}

/** Finds patients by what is typed, and opens the chart of the only one. */
export async function openChart(page, root, text) {
  await page.goto(`${root}/patients`);
  await work(page).getByLabel("Name, MRN or date of birth").fill(text);
  await page.getByRole("button", { name: "Search" }).click();
  await page.waitForURL(/\?q=/);
  const found = page.getByRole("region", { name: "Patients" }).locator("tbody th a");
  if ((await found.count()) === 0) return false;
  assert.equal(await found.count(), 1, `${text} is one patient`);
  await found.click();
  await page.waitForURL(/\/summary/);
  return true;
}

/** Sends a request with the FHIR console; resolves to status and body. */
export async function ask(page, method, path, { ifMatch = "", body } = {}) {
  const console = page.locator("fhir-console");
  await console.getByLabel("Method").selectOption(method);
  await console.getByLabel("Path", { exact: true }).fill(path);
  await console.getByLabel("If-Match", { exact: true }).fill(ifMatch);
  if (body !== undefined) await console.getByLabel("Body", { exact: true }).fill(typeof body === "string" ? body : JSON.stringify(body, null, 2));
  await send(page, () => console.getByRole("button", { name: "Send" }).click());
  return answered(page);
}

/** Does what sends a request, and waits until its answer is shown. */
export async function send(page, act) {
  await page.locator("[data-status]").evaluate((tag) => (tag.textContent = ""));
  await act();
  await page.waitForFunction(() => document.querySelector("[data-status]").textContent !== "");
}

/** What the console shows of the last answer. */
export async function answered(page) {
  const status = Number.parseInt(await page.locator("[data-status]").textContent(), 10);
  const text = await page.locator("#console-answer").textContent();
  return { status, body: text.startsWith("{") ? JSON.parse(text) : null };
}

/** The resources of a searchset Bundle. */
export function resources(bundle) {
  return (bundle.entry ?? []).map((entry) => entry.resource);
}
