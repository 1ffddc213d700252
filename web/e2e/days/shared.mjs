// Going on as another role, and the forms that several roles share.
import { work } from "../labs/workspace.mjs";

/** Goes on as another role, by keyboard, on a page that every role but the analyst may see. */
export async function workAs(page, root, role) {
  await page.goto(`${root}/journal`);
  const switcher = work(page).getByLabel("Working as");
  await switcher.focus();
  await switcher.selectOption({ label: role });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText(`You work as ${role} now.`).waitFor();
}

/** Fills in the front desk's form and sends it. */
export async function sendForm(page, root, family) {
  await page.goto(`${root}/register`);
  await work(page).getByLabel("Family name").fill(family);
  await work(page).getByLabel("Given names").fill("Nora");
  await work(page).getByLabel("Date of birth").fill("1984-02-29");
  await work(page).getByLabel("Administrative sex").selectOption("female");
  await work(page).getByRole("button", { name: "Register" }).click();
}

/** Writes a note in a chart. */
export async function writeNote(page, chart, text, kind = "progress") {
  await page.goto(`${chart}/note?kind=${kind}`);
  await work(page).getByLabel("Note", { exact: false }).last().fill(text);
  await work(page).getByRole("button", { name: "Sign and keep" }).click();
  await page.getByText(/^Wrote a note/).waitFor();
}

/** Drafts an order from the catalogue as it is offered. */
export async function draft(page, chart, orderable) {
  await page.goto(`${chart}/order?orderable=${orderable}`);
  await work(page).getByRole("button", { name: "Draft the order" }).click();
  await page.getByText(/^Drafted/).waitFor();
}

/** Whether the chart's own page offers a deed to the role at work. */
export async function offers(page, chart, link) {
  await page.goto(`${chart}/summary`);
  return (await page.getByRole("link", { name: link }).count()) > 0;
}
