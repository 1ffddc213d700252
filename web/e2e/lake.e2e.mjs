// Data: a snapshot, cells of SQL with charts, mistakes at their place, and what a role may not see.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertAccessible, assertNoTrouble, launch, picture, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asNewLearner } from "./people.mjs";
import { startLab } from "./labs/workspace.mjs";

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

test("a hospital becomes tables, and SQL is answered with a chart", { skip }, async () => {
  const page = await asNewLearner(browser, practicum.run, "Dana Data", "dana.data");
  const root = await startLab(page, practicum.url, "first-shift");
  await page.goto(`${root}/patients`);
  await page.getByRole("link", { name: "Data", exact: true }).click();
  await page.getByText("No snapshot yet").waitFor();
  await assertAccessible(page, "no snapshot");
  await picture(page, "lake-empty");

  await page.getByRole("button", { name: "Take a snapshot" }).click();
  await page.getByText(/Snapshot 1, taken/).waitFor();
  await page.getByRole("button", { name: "Run" }).click();
  const first = page.locator("#lake-answer-1");
  await first.getByText("patients by gender").waitFor();
  assert.ok((await first.locator(".chart-bars li").count()) >= 2);
  await assertAccessible(page, "an answer with a chart");

  await page.getByRole("link", { name: "Another cell" }).click();
  const second = page.locator("#lake-answer-2");
  await page.getByLabel("SQL 2").fill("SELECT date_trunc('month', began) AS month, count(*) AS stays\nFROM encounters\nGROUP BY 1 ORDER BY 1");
  await page.locator("#chart-2").selectOption("line");
  await page.getByRole("button", { name: "Run" }).nth(1).click();
  await second.getByText("stays by month").waitFor();
  await picture(page, "lake-two-cells");

  await page.getByLabel("SQL 2").fill("SELECT famly\nFROM patients");
  await page.getByRole("button", { name: "Run" }).nth(1).click();
  await second.getByText("Line 1, character 8").waitFor();
  await assertAccessible(page, "a mistake in SQL");
  await picture(page, "lake-mistake");
  await page.getByLabel("SQL 2").fill("SELECT * FROM patients WHERE gender = 'none such'");
  await page.getByRole("button", { name: "Run" }).nth(1).click();
  await second.getByText("The question is right").waitFor();

  await page.getByLabel("Name", { exact: true }).nth(1).fill("No Name");
  await page.getByRole("button", { name: "Save" }).nth(1).click();
  await page.getByText("is no name for a question").waitFor();
  await page.getByLabel("Name", { exact: true }).nth(1).fill("none-such");
  await page.getByRole("button", { name: "Save" }).nth(1).click();
  await page.getByText("Saved as none-such").waitFor();
  await page.getByRole("link", { name: "Another cell" }).click();
  await page.getByLabel("SQL 3").waitFor();
  await assertAccessible(page, "a cell with a name");
  await page.reload();
  assert.equal(await page.getByLabel("SQL 1").inputValue(), "SELECT * FROM patients WHERE gender = 'none such'");
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByText("patients by gender").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.querySelector("#sql-1")?.value.startsWith("SELECT gender"));

  const storageState = await page.context().storageState();
  await lookAt(browser, `${practicum.url}${root.replace(practicum.url, "")}/lake`, "lake", { storageState });

  await page.getByLabel("Working as").selectOption("analyst");
  await page.getByRole("button", { name: "Switch" }).click();
  await page.goto(`${root}/lake?purpose=HQUALIMP`);
  await page.getByLabel("SQL 1").fill("SELECT id FROM patients");
  await page.getByRole("button", { name: "Run" }).click();
  await first.getByText("only groups of people").waitFor();
  await page.getByLabel("SQL 1").fill("SELECT race, count(*) AS patients FROM patients GROUP BY race ORDER BY 2 DESC");
  await page.getByRole("button", { name: "Run" }).click();
  await first.getByText("Groups of fewer than 11 people").waitFor();
  await picture(page, "lake-groups");
  assertNoTrouble(page);
  await page.goto(`${root}/journal`);
  await page.getByText("sql.query").first().waitFor();
  await page.context().close();
});
