// Several people's day with one learner behind all of them: the registrar, the bed manager, the nurse, the physician, the
// pharmacist, the clerk of health information management and the analyst. At desktop and phone width.
import { after, before, test } from "node:test";
import { VIEWS, assertAccessible, assertNoTrouble, assertReflow, launch, picture, skip as noBrowser } from "./browser.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asNewLearner } from "./people.mjs";
import { startLab } from "./labs/workspace.mjs";
import { analyst } from "./days/analyst.mjs";
import { bedManager } from "./days/bed-manager.mjs";
import { clerk } from "./days/him-clerk.mjs";
import { nurse } from "./days/nurse.mjs";
import { pharmacist } from "./days/pharmacist.mjs";
import { physicianAdmits, physicianDischarges } from "./days/physician.mjs";
import { registrar } from "./days/registrar.mjs";

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

for (const view of VIEWS.filter(({ name }) => ["wide-light", "narrow-dark"].includes(name))) {
  test(`many people's day, ${view.name}`, { skip }, async () => {
    const { name, ...options } = view;
    const page = await asNewLearner(browser, practicum.run, "Rosa Roles", `roles-${name}`, options);
    const root = await startLab(page, practicum.url, "first-shift");
    const look = async (what) => {
      await picture(page, `roles-${what}-${name}`);
      await assertAccessible(page, `${what} ${name}`);
      await assertReflow(page, `${what} ${name}`);
    };
    const stay = await registrar(page, root, look);
    await physicianAdmits(page, root, stay, look);
    const secret = await nurse(page, root, stay, look);
    await pharmacist(page, root, stay, look);
    await physicianDischarges(page, root, stay, look);
    await bedManager(page, root, stay, look);
    await clerk(page, root, { ...stay, secret }, look);
    await analyst(page, root, look);
    assertNoTrouble(page, /422|403/);
    await page.context().close();
  });
}
