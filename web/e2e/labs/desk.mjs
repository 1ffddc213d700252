// What a defender does in any incident: search the journal, take a measure, keep rules, move the clock on, say that it is over.
import { work } from "./workspace.mjs";

/** The rows that a search of the journal finds, each by its columns' names. */
export async function hunt(page, root, query) {
  await page.goto(`${root}/security`);
  const field = work(page).getByRole("searchbox", { name: "Search", exact: true });
  await field.fill(query);
  await field.press("Enter");
  await page.waitForURL(/security\?q=/);
  const table = work(page).getByRole("table", { name: "What was found" });
  return table.evaluate((found) => {
    const names = [...found.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const rows = [...found.tBodies[0].rows].filter((row) => row.cells.length === names.length);
    return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row.cells[at].textContent.trim()])));
  });
}

/** Looks at what a measure would stop, and takes it. */
export async function take(page, root, measure, target, look = async () => {}) {
  await page.goto(`${root}/security/response`);
  const card = work(page).locator("#take-measure");
  await card.getByRole("combobox", { name: "What is to be done" }).selectOption({ label: measure });
  await card.getByRole("textbox", { name: "To whom or what" }).fill(target);
  await card.getByRole("button", { name: "See what it would stop" }).click();
  await card.getByText("Had it been in force").waitFor();
  await look();
  await card.getByRole("button", { name: "Do it" }).click();
  await page.locator(".said").waitFor();
}

/** Keeps rules, and resolves to what is said of them. */
export async function keepRules(page, root, name, rules) {
  await page.goto(`${root}/security/rules`);
  await work(page).getByRole("textbox", { name: "Rules", exact: true }).fill(rules);
  await work(page).getByRole("textbox", { name: "Name" }).fill(name);
  await work(page).getByRole("button", { name: "Keep as the next version" }).click();
  return page.locator(".said").innerText();
}

/** Lets an hour go by in the hospital. */
export async function anHourLater(page, root) {
  await page.goto(`${root}/map`);
  await work(page).getByRole("button", { name: "+1 hour" }).click();
  await page.getByText("An hour has passed.").waitFor();
}

/** Says that it is over, and resolves to what came of the attack that followed. */
export async function over(page, root) {
  await page.goto(`${root}/security/response`);
  await work(page).getByRole("button", { name: "It is over" }).click();
  return page.locator(".said").innerText();
}
