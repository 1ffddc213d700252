// The analyst: who may do what, and no chart.
import assert from "node:assert/strict";
import { work } from "../labs/workspace.mjs";
import { workAs } from "./shared.mjs";

/** The analyst lets nurses register and takes it back. */
export async function analyst(page, root, look) {
  await workAs(page, root, "Analyst");
  await page.goto(`${root}/build/roles`);
  await look("roles");
  const box = work(page).getByLabel("Nurse may register patients");
  await box.focus();
  await page.keyboard.press("Space");
  await work(page).getByRole("button", { name: "Keep as a new version" }).click();
  await page.getByText("Kept the roles.").waitFor();
  assert.ok(await box.isChecked());
  await look("roles-kept");
  await work(page).getByRole("button", { name: "Restore version 1" }).click();
  await page.getByText("Version 3").waitFor();
  assert.ok(!(await box.isChecked()));
}
