// A learner's own services of decision support, written here in a few lines: registered in Build, speaking in the chart, at the
// order form, beside drafts and at the discharge; answered, told, and gone without harm. Every page in every view.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { assertNoTrouble, launch, skip as noBrowser } from "./browser.mjs";
import { lookAt, settled } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asDemoLearner } from "./people.mjs";

const skip = noBrowser || noBinary;
const HOOKS = ["patient-view", "order-select", "order-sign", "encounter-discharge"];
const EVIL = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script> [click](javascript:globalThis.hacked=1)';

let browser;
let practicum;
let service;

before(async () => {
  if (skip) return;
  practicum = await start();
  browser = await launch();
  service = await serve();
});

after(async () => {
  service?.server.closeAllConnections();
  service?.server.close();
  await browser?.close();
  await practicum?.stop();
});

/** A server with a service for each hook. */
async function serve() {
  const told = [];
  let given = 0;
  const card = (hook, body) => {
    given += 1;
    const drafts = body.context.draftOrders?.entry?.map((entry) => entry.resource) ?? [];
    const suggestions = hook === "order-sign" && drafts.length ? [{ label: "End the draft", uuid: `end-${given}`, actions: [
      { type: "delete", description: "The draft is taken away.", resourceId: `${drafts[0].resourceType}/${drafts[0].id}` }] }] : [];
    return {
      uuid: `card-${given}`,
      summary: { "patient-view": "Falls: three in the last month", "order-select": "There is a cheaper one <b>today</b>", "order-sign": "Ibuprofen and these kidneys do not go together", "encounter-discharge": "No follow-up visit is booked" }[hook],
      detail: `Look at **the chart** before you go on.\n\n- one thing\n- another\n\n${EVIL}`,
      indicator: { "patient-view": "info", "order-select": "info", "order-sign": "critical", "encounter-discharge": "warning" }[hook],
      source: { label: "Committee <i>of care</i>", url: "https://example.org/committee" },
      ...(suggestions.length ? { suggestions, selectionBehavior: "any" } : {}),
      overrideReasons: [{ code: "known", system: "https://example.org/reasons", display: "Known, and watched closely" }],
      links: [{ label: "The policy", url: "https://example.org/policy", type: "absolute" }, { label: "Risk calculator", url: "https://example.org/app", type: "smart" }],
    };
  };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    const say = (value) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
    const hook = HOOKS.find((hook) => request.url === `/cds-services/${hook}`);
    if (request.url === "/cds-services") {
      return say({ services: HOOKS.map((hook) => ({ hook, id: hook, title: `Committee, ${hook}`, description: "What the committee advises.", prefetch: { patient: "Patient/{{context.patientId}}" } })) });
    }
    if (hook) return say({ cards: [card(hook, body)] });
    if (request.url.endsWith("/feedback")) told.push(...body.feedback);
    return say({});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, told, url: `http://127.0.0.1:${server.address().port}` };
}

/** Waits until the service was told something of this outcome. */
async function toldOf(outcome) {
  for (let at = 0; at < 400; at += 1) {
    const found = service.told.find((one) => one.outcome === outcome);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the service was never told of ${outcome}`);
}

test("services advise where people work, are answered and told, and never keep anybody", { skip }, async () => {
  const { run, url } = practicum;
  const page = await asDemoLearner(browser, run);
  const headers = { authorization: `Bearer ${run.demo.learner_token}` };
  const sandbox = (await (await page.request.post(`${url}/api/sandboxes`, { headers, data: {} })).json()).id;
  const at = `${url}/sandboxes/${sandbox}`;
  const storageState = await page.context().storageState();
  const stays = await (await page.request.get(`${url}/s/${sandbox}/fhir/Encounter?status=in-progress&class=IMP&_count=1`, { headers })).json();
  const patient = stays.entry[0].resource.subject.reference.split("/")[1];
  const chart = `${at}/patients/${patient}`;

  await page.goto(`${at}/build`);
  await page.getByText("No services are called").waitFor();
  await page.getByLabel("Address").fill("http://169.254.169.254");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.getByText("is an address that is not dialled from here").waitFor();
  await page.getByLabel("Address").fill(service.url);
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.getByText("Called from now on").waitFor();
  await lookAt(browser, `${at}/build`, "advice-build", { storageState });

  await page.goto(`${chart}/summary`);
  await page.getByRole("heading", { name: "Falls: three in the last month" }).waitFor();
  await lookAt(browser, `${chart}/summary`, "advice-chart", { storageState });

  await page.goto(`${chart}/order?orderable=med-ibuprofen`);
  await page.getByRole("heading", { name: "There is a cheaper one <b>today</b>" }).waitFor();
  await lookAt(browser, `${chart}/order?orderable=med-ibuprofen`, "advice-order", { storageState });
  await page.getByRole("button", { name: "Draft the order" }).click();

  await page.getByRole("heading", { name: "Ibuprofen and these kidneys" }).waitFor();
  await lookAt(browser, `${chart}/orders`, "advice-sign", { storageState });
  // With the keyboard alone: open the reasons, choose one, override.
  const card = page.locator(".advice-card").first();
  await card.locator("summary").focus();
  await page.keyboard.press("Enter");
  await card.getByLabel("Why").selectOption({ label: "Known, and watched closely" });
  await card.getByRole("button", { name: "Override" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Overridden: known").waitFor();
  assert.equal((await toldOf("overridden")).overrideReason.reason.code, "known");
  await page.goto(`${chart}/orders`);
  await page.getByText("Overridden: Known, and watched closely").waitFor();

  // Another draft of another patient: the suggestion is taken.
  const others = await (await page.request.get(`${url}/s/${sandbox}/fhir/Encounter?status=in-progress&class=IMP&_count=2`, { headers })).json();
  const other = others.entry[1].resource.subject.reference.split("/")[1];
  await page.request.post(`${url}/s/${sandbox}/commands/draft_order`, { headers, data: { patient: other, orderable: "med-ibuprofen" } });
  await page.goto(`${at}/patients/${other}/orders`);
  await page.getByRole("button", { name: "End the draft" }).click();
  await page.getByText("Done: End the draft").waitFor();
  await page.getByText("Nothing waits for signature.").waitFor();
  assert.ok((await toldOf("accepted")).acceptedSuggestions.length);

  await lookAt(browser, `${chart}/discharge`, "advice-discharge", { storageState });
  assert.equal(await page.evaluate(() => globalThis.hacked), undefined, "what a service says is shown, never run");

  // The program is stopped: the chart is whole, and says in a line that nobody advised.
  service.server.closeAllConnections();
  await new Promise((resolve) => service.server.close(resolve));
  for (let call = 0; call < 3; call += 1) {
    await page.goto(`${chart}/summary`);
    await page.getByRole("heading", { name: "Problems" }).waitFor();
    await page.getByText("gave no advice (unreachable)").waitFor();
    await settled(page);
  }
  await page.goto(`${chart}/summary`);
  await page.getByText("resting after failures").waitFor();
  await lookAt(browser, `${chart}/summary`, "advice-resting", { storageState });
  await page.getByRole("link", { name: "Its last calls" }).click();
  await page.getByText("cannot be reached").first().waitFor();
  assert.ok(!(await page.content()).includes("pat_"), "no token is shown");
  await lookAt(browser, page.url(), "advice-calls", { storageState });
  assertNoTrouble(page);
  await page.context().close();
});
