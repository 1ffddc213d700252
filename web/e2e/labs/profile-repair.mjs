// Records that do not keep their profile: validated, repaired by the letter and validated again, all with the console.
import assert from "node:assert/strict";
import { ask, brief, waitForCheck } from "./workspace.mjs";

/** The two records, as the brief names them: `TYPE/ID`. */
export async function read(page) {
  return [...(await brief(page)).matchAll(/the [a-z ]+: ([A-Z]\w+\/\S+)/g)].map((found) => found[1]);
}

const OBSERVATION = "http://terminology.hl7.org/CodeSystem/observation-category";
const PROBLEM = "http://terminology.hl7.org/CodeSystem/condition-category";
const one = (system, code) => [{ coding: [{ system, code }] }];

/** What the sender's letter says of each kind of record; only what is missing or wrong. */
const LETTER = {
  Patient: (it) => ({ gender: "female", identifier: [{ ...it.identifier[0], system: "https://ambulance.example/patient" }], telecom: [{ ...it.telecom[0], system: "phone" }] }),
  Encounter: (it) => ({ identifier: [{ ...it.identifier[0], system: "https://ambulance.example/run" }], type: one("http://snomed.info/sct", "50849002") }),
  Observation: (it) => ({ category: one(OBSERVATION, "laboratory"), valueQuantity: potassium(it.note[0].text) }),
  DiagnosticReport: () => ({ category: one("http://terminology.hl7.org/CodeSystem/v2-0074", "LAB"), issued: "2031-03-03T19:05:00Z" }),
  Condition: (it) => ({ category: one(PROBLEM, "problem-list-item"), code: { ...one("http://snomed.info/sct", "44054006")[0], text: it.note[0].text } }),
  MedicationRequest: (it) => ({ category: one(it.category[0].coding[0].system, "community"), requester: { display: "Doctor Amara Nnadi" } }),
};

/** What the validator takes as well, and the letter does not say. */
const GUESS = {
  Patient: () => ({ gender: "unknown" }),
  Observation: (it) => ({ valueQuantity: { ...potassium(it.note[0].text), value: 39 } }),
  Condition: () => ({ category: one("http://hl7.org/fhir/us/core/CodeSystem/condition-category", "health-concern") }),
};

function potassium(note) {
  return { value: Number(/Potassium ([\d.]+)/.exec(note)[1]), unit: "mmol/L", system: "http://unitsofmeasure.org", code: "mmol/L" };
}

/** The errors that `$validate` finds in a record. */
async function errors(page, record) {
  const { body } = await ask(page, "GET", `${record}/$validate`);
  return body.issue.filter((it) => it.severity === "error" || it.severity === "fatal");
}

async function repair(page, record, more) {
  const { body } = await ask(page, "GET", record);
  await page.getByRole("button", { name: "Edit and update" }).click();
  const ifMatch = await page.getByLabel("If-Match", { exact: true }).inputValue();
  assert.equal((await ask(page, "PUT", record, { ifMatch, body: { ...body, ...more(body) } })).status, 200);
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const [first, second] = await read(page);
  const letter = (record) => LETTER[record.split("/")[0]];
  const guess = (record) => GUESS[record.split("/")[0]];
  await page.goto(`${root}/fhir`);
  assert.ok((await errors(page, first)).length > 0);
  await look("errors");
  await repair(page, first, (body) => ({ ...letter(first)(body), ...guess(first)(body) }));
  await waitForCheck(page, "valid-first", "passed");
  await page.getByRole("button", { name: "Check now" }).click();
  await waitForCheck(page, "meaning-first", "failed");
  await look("guessed");
  for (const record of [first, second]) {
    await repair(page, record, letter(record));
    assert.deepEqual(await errors(page, record), []);
  }
  await page.getByText("Lab finished").first().waitFor();
  await look("finished");
}
