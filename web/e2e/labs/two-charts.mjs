// Two charts, one patient: compare, answer, and link both charts.
import assert from "node:assert/strict";
import { answer, ask, brief, resources, waitForCheck } from "./workspace.mjs";

const MRN = "https://practicum.example/mrn";
const mrnOf = (patient) => patient.identifier.find((it) => it.system === MRN)?.value;
const nameOf = (patient) => patient.name[0];

/** The record number on the wristband. */
export async function read(page) {
  return /number (\S+?)\. Blood was taken/.exec(await brief(page))[1];
}

/** On how many things two charts agree. */
function agreement(one, other) {
  const telecom = (patient) => (patient.telecom ?? []).map((it) => it.value);
  const lines = (patient) => (patient.address ?? []).map((it) => `${it.line?.[0]} ${it.postalCode}`);
  const shared = (of) => of(one).filter((value) => of(other).includes(value)).length;
  const same = (of) => Number(of(one) === of(other));
  return 2 * shared(telecom) + 2 * shared(lines) + 2 * same((it) => it.birthDate) + same((it) => nameOf(it).family) + same((it) => nameOf(it).given.join(" "));
}

/** Looks for other charts by one thing at a time, with the console. */
export async function find(page, root, wristband) {
  await page.goto(`${root}/fhir`);
  const search = async (query) => resources((await ask(page, "GET", `Patient?${query}&_count=50`)).body);
  const [first] = await search(`identifier=${wristband}`);
  const { family, given } = nameOf(first);
  const queries = [`birthdate=${first.birthDate}`, `family=${encodeURIComponent(family)}&given=${encodeURIComponent(given[0])}`];
  queries.push(...(first.telecom ?? []).map((it) => `telecom=${encodeURIComponent(it.value)}`));
  queries.push(...(first.address ?? []).map((it) => `address=${encodeURIComponent(it.line[0])}`));
  const others = new Map();
  for (const query of queries) for (const patient of await search(query)) if (patient.id !== first.id) others.set(patient.id, patient);
  const ranked = [...others.values()].sort((a, b) => agreement(first, b) - agreement(first, a));
  const twin = ranked[0];
  const lookAlike = ranked.find((it) => it.id !== twin.id && nameOf(it).family === family && nameOf(it).given[0] === given[0]);
  return { first, twin, lookAlike };
}

/** Adds a link to a chart, and sends it back with its version. */
export async function link(page, id, type, other, more = {}) {
  const { body: chart } = await ask(page, "GET", `Patient/${id}`);
  const body = { ...chart, ...more, link: [...(chart.link ?? []), { other: { reference: `Patient/${other}` }, type }] };
  assert.equal((await ask(page, "PUT", `Patient/${id}`, { ifMatch: `W/"${chart.meta.versionId}"`, body })).status, 200);
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const { first, twin, lookAlike } = await find(page, root, await read(page));
  assert.ok(lookAlike, "somebody has the same name");
  await answer(page, "twin", mrnOf(lookAlike));
  await page.getByRole("button", { name: "Check now" }).click();
  await waitForCheck(page, "twin", "failed");
  await look("wrong-twin");
  await answer(page, "twin", mrnOf(twin));
  await waitForCheck(page, "twin", "passed");
  await answer(page, "look-alike", mrnOf(lookAlike));
  await waitForCheck(page, "look-alike", "passed");
  await link(page, twin.id, "replaced-by", first.id, { active: false });
  await waitForCheck(page, "retired", "passed");
  await link(page, first.id, "replaces", twin.id);
  await page.getByText("Lab finished").first().waitFor();
  await look("finished");
  await page.goto(`${root}/patients/${twin.id}/summary`);
  await page.getByText("This chart was replaced by").waitFor();
  await look("retired-chart");
}
