// Pictures in the chart: the list, the viewer by keys and by its form, and what it draws without scripts.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { VIEWS, assertAccessible, assertNoTrouble, assertReflow, launch, picture, skip as noBrowser } from "./browser.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asDemoLearner } from "./people.mjs";

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

/** A hospital of the demo learner's and the chart of somebody in it who had a chest film. */
async function chart(run) {
  const headers = { authorization: `Bearer ${run.demo.learner_token}`, "content-type": "application/json" };
  const get = async (path) => (await fetch(run.url + path, { headers })).json();
  const { id } = await (await fetch(`${run.url}/api/sandboxes`, { method: "POST", headers, body: "{}" })).json();
  const [film] = await get(`/s/${id}/dicomweb/studies?ModalitiesInStudy=CR&limit=1`);
  const people = await get(`/s/${id}/fhir/Patient?identifier=${film["00100020"].Value[0]}`);
  return `${run.url}/sandboxes/${id}/patients/${people.entry[0].resource.id}/imaging`;
}

/** Whether the picture has come and is one. */
const isDrawn = (page) => page.waitForFunction(() => document.querySelector("image-viewer img")?.naturalWidth > 0);

for (const view of VIEWS) {
  test(`pictures are looked at, ${view.name}`, { skip }, async () => {
    const page = await asDemoLearner(browser, practicum.run, view);
    await page.goto(await chart(practicum.run));
    await page.locator("tbody a").first().click();
    await isDrawn(page);
    await assertAccessible(page, "the viewer");
    await assertReflow(page, "the viewer");
    await picture(page, `imaging-${view.name}`);
    const source = () => page.locator("image-viewer img").getAttribute("src");
    const own = await source();
    await page.locator(".viewer-screen").focus();
    await page.keyboard.press("Shift+ArrowRight");
    assert.notEqual(await source(), own, "Shift and an arrow change the window");
    await page.getByLabel("Window width").fill("900");
    await page.waitForFunction(() => document.querySelector("image-viewer img")?.getAttribute("src").endsWith(",900"));
    await isDrawn(page);
    assertNoTrouble(page);
    await page.context().close();
  });
}

test("without scripts the form draws the picture anew", { skip }, async () => {
  const page = await asDemoLearner(browser, practicum.run, { javaScriptEnabled: false });
  await page.goto(await chart(practicum.run));
  await page.locator("tbody a").first().click();
  await page.getByLabel("Window center").fill("700");
  await page.getByRole("button", { name: "Show" }).click();
  assert.match(await page.locator("image-viewer img").getAttribute("src"), /window=700,/);
  await page.context().close();
});
