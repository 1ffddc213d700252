// What systems said to each other: an order on its way to the laboratory and back, listed, taken apart, and drawn.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
import { asDemoLearner } from "./people.mjs";
import { skip as noBinary, start } from "./practicum.mjs";

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

test("an order is followed to its result", { skip }, async () => {
  const { run, url } = practicum;
  const page = await asDemoLearner(browser, run);
  const headers = { authorization: `Bearer ${run.demo.learner_token}` };
  const post = async (path, data) => {
    const answer = await page.request.post(url + path, { headers, data });
    assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const { id } = await post("/api/sandboxes", {});
  const stays = await (await page.request.get(`${url}/s/${id}/fhir/Encounter?status=in-progress&class=IMP&_count=1`, { headers })).json();
  const patient = stays.entry[0].resource.subject.reference.split("/")[1];
  const made = await post(`/s/${id}/commands/draft_order`, { patient, orderable: "lab-potassium", priority: "urgent" });
  const [order] = made.resources;
  await post(`/s/${id}/commands/sign_orders`, { patient, orders: [`${order.type}/${order.id}`] });
  await post(`/api/sandboxes/${id}/clock`, { advance_seconds: 4 * 3600 });

  const traffic = `${url}/sandboxes/${id}/traffic`;
  const storageState = await page.context().storageState();
  await page.goto(traffic);
  await lookAt(browser, traffic, "traffic-list", { storageState });
  await lookAt(browser, `${traffic}?protocol=cds&system=nobody`, "traffic-empty", { storageState });

  await page.goto(`${traffic}?protocol=hl7&patient=${patient}`);
  await page.getByLabel("Protocol").selectOption("hl7");
  await page.getByRole("button", { name: "Show" }).click();
  const rows = page.locator("table tbody tr");
  await rows.first().waitFor();
  assert.ok((await rows.count()) >= 2, "the order and what came of it");
  await rows.last().getByRole("link", { name: /^Exchange/ }).click();
  await page.getByText("Message control id").first().waitFor();
  await lookAt(browser, page.url(), "traffic-exchange", { storageState });

  await page.getByRole("link", { name: "Its whole way" }).click();
  await page.getByRole("region", { name: "Sequence diagram" }).waitFor();
  await lookAt(browser, page.url(), "traffic-journey", { storageState });
  const mermaid = await (await page.request.get(`${page.url()}/mermaid`)).text();
  assert.match(mermaid, /^sequenceDiagram\n/);
  const drawing = await page.request.get(`${page.url()}/svg`);
  assert.equal(drawing.headers()["content-type"], "image/svg+xml");
  assert.match(await drawing.text(), /^<svg xmlns/);
});
