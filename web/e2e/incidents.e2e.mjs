// Three incidents, lived through in a browser: found in the journal, stopped at the real doors, and not come back.
import { after, before, test } from "node:test";
import { VIEWS, assertAccessible, assertNoTrouble, assertReflow, launch, picture, skip as noBrowser } from "./browser.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asNewLearner } from "./people.mjs";
import * as credentialStuffing from "./labs/credential-stuffing.mjs";
import * as ransomware from "./labs/ransomware.mjs";
import * as vipSnooping from "./labs/vip-snooping.mjs";
import { startLab } from "./labs/workspace.mjs";

const skip = noBrowser || noBinary;
/** Each in another view; the pages of the desk are looked at in more of them by themselves. */
const INCIDENTS = [
  ["credential-stuffing", credentialStuffing, "wide-light"],
  ["vip-snooping", vipSnooping, "narrow-dark"],
  ["ransomware", ransomware, "wide-dark"],
];

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

for (const [slug, lab, name] of INCIDENTS) {
  test(`${slug} is seen, stopped and does not come back, ${name}`, { skip }, async () => {
    const { name: _, ...options } = VIEWS.find((view) => view.name === name);
    const page = await asNewLearner(browser, practicum.run, `Learner ${slug}`, slug, options);
    const root = await startLab(page, practicum.url, slug);
    await lab.play(page, root, async (what) => {
      await picture(page, `${slug}-${what}`);
      await assertAccessible(page, `${slug} ${what}`);
      await assertReflow(page, `${slug} ${what}`);
    });
    assertNoTrouble(page);
    await page.context().close();
  });
}
