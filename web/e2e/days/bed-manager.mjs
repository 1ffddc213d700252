// The bed manager: a bed that somebody left is clean again.
import { work } from "../labs/workspace.mjs";
import { workAs } from "./shared.mjs";

/** The bed manager has the bed cleaned that the patient left. */
export async function bedManager(page, root, { label }, look) {
  await workAs(page, root, "Bed manager");
  await page.goto(`${root}/beds`);
  await look("beds");
  await work(page).getByRole("button", { name: `Begin cleaning: ${label}` }).click();
  await page.getByText(/is cleaning now/).waitFor();
  await work(page).getByRole("button", { name: `Clean now: ${label}` }).click();
  await page.getByText(/is clean now/).waitFor();
}
