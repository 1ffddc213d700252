// Order to result: the first order by the chart's forms, the result that lost its way with the console.
import assert from "node:assert/strict";
import { answer, ask, brief, openChart, resources, waitForCheck, work } from "./workspace.mjs";

/** What the brief of this attempt asks for. */
export async function read(page) {
  const text = await brief(page);
  const [, mrn, test] = /Now\. .+? \(record number (\S+?), bed .+? the doctor wants a (.+?), urgently/.exec(text);
  const [, value] = /the laboratory calls out (\S+) /.exec(text);
  const [, own, lost, ordered] = /Since yesterday\. .+? \((\S+?), bed .+? had a (.+?) ordered at (\S+?)\. The order/.exec(text);
  const [, neighbour] = /\(([^\s(]+?)\) had the same test/.exec(text);
  return { mrn, test, value, own, lost, ordered, neighbour };
}

/** Orders the test of this morning, signs it whatever a rule says, and reports its result. */
async function orderAndReport(page, root, { mrn, test, value }, look) {
  await openChart(page, root, mrn);
  const chart = page.url().replace("/summary", "");
  await page.goto(`${chart}/order?orderable=lab-${test.toLowerCase()}`);
  await work(page).getByLabel("How soon").selectOption("urgent");
  await work(page).getByLabel("Why", { exact: true }).fill("Bad night, irregular pulse");
  await work(page).getByRole("button", { name: "Draft the order" }).click();
  await page.getByText(/^Drafted/).waitFor();
  const sign = () => work(page).getByRole("button", { name: "Sign", exact: true }).click();
  const reason = work(page).getByLabel("Why you sign it nevertheless");
  await sign();
  await page.getByText(/^Signed 1 order/).or(reason).first().waitFor();
  if (await reason.count()) {
    await reason.fill("Repeat after a bad night");
    await sign();
  }
  await waitForCheck(page, "ordered", "passed");
  await look("ordered");
  await work(page).getByRole("link", { name: `Report on ${test}` }).first().click();
  await work(page).getByLabel(test).fill(value);
  await work(page).getByRole("button", { name: "Report" }).click();
  await waitForCheck(page, "resulted", "passed");
}

const reference = (resource) => `${resource.resourceType}/${resource.id}`;
const numberOf = (resource) => resource.identifier?.[0].value;

/** The order that hangs, the report that belongs to it and stands elsewhere, and the neighbour's own. */
export async function find(page, root, { own, lost, ordered, neighbour }) {
  await page.goto(`${root}/fhir`);
  const search = async (query) => resources((await ask(page, "GET", `${query}&_count=50`)).body);
  const [patient, other] = [(await search(`Patient?identifier=${own}`))[0], (await search(`Patient?identifier=${neighbour}`))[0]];
  const waiting = await search(`ServiceRequest?patient=${patient.id}&status=active`);
  const order = waiting.find((it) => it.code.text === lost && it.authoredOn === ordered);
  const day = `${ordered.slice(0, 10)}`;
  const reports = await search(`DiagnosticReport?patient=${patient.id},${other.id}&code=${order.code.coding[0].code}&date=ge${day}`);
  const stray = reports.find((it) => numberOf(it) === numberOf(order)) ?? reports.find((it) => !it.basedOn && it.subject.reference === reference(patient));
  const neighbours = reports.find((it) => it.subject.reference === reference(other) && it !== stray);
  const read = async (report) => (await ask(page, "GET", report.result[0].reference)).body;
  return { order, stray, found: await read(stray), neighbours: await read(neighbours) };
}

async function update(page, resource, more) {
  const sent = await ask(page, "PUT", reference(resource), { ifMatch: `W/"${resource.meta.versionId}"`, body: { ...resource, ...more } });
  assert.equal(sent.status, 200);
}

/** Writes a resource of another chart anew in the right one. */
async function writeAnew(page, { id: _, meta: __, ...resource }, more) {
  const sent = await ask(page, "POST", resource.resourceType, { body: { ...resource, ...more } });
  assert.equal(sent.status, 201);
  return sent.body;
}

/** Files value and report under their order; what stands in a wrong chart is marked there. */
async function file(page, { order, stray, found }) {
  const basedOn = [{ reference: reference(order) }];
  if (stray.subject.reference === order.subject.reference) {
    await update(page, found, { basedOn });
    await update(page, stray, { basedOn });
    return;
  }
  const right = { basedOn, subject: order.subject, encounter: order.encounter };
  const value = await writeAnew(page, found, right);
  await writeAnew(page, stray, { ...right, result: [{ reference: reference(value) }] });
  for (const wrong of [found, stray]) await update(page, wrong, { status: "entered-in-error" });
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const asked = await read(page);
  await orderAndReport(page, root, asked, look);
  const all = await find(page, root, asked);
  await answer(page, "value", String(all.neighbours.valueQuantity.value));
  await page.getByRole("button", { name: "Check now" }).click();
  await waitForCheck(page, "value", "failed");
  await look("neighbours-value");
  await answer(page, "value", String(all.found.valueQuantity.value));
  await waitForCheck(page, "value", "passed");
  await file(page, all);
  await waitForCheck(page, "old-place", "passed");
  await update(page, all.order, { status: "completed" });
  const [task] = resources((await ask(page, "GET", `Task?focus=${reference(all.order)}`)).body);
  await update(page, task, { status: "completed" });
  await page.getByText("Lab finished").first().waitFor();
  await look("finished");
}
