// FHIR by hand, with the console of the workspace.
import assert from "node:assert/strict";
import { answer, ask, brief, waitForCheck } from "./workspace.mjs";

/** What the brief of this attempt asks for. */
export async function read(page) {
  const text = await brief(page);
  const mrn = /wristband with number (\S+?)\./.exec(text)[1];
  const phone = /telephone number has changed to ([\d-]+?)\./.exec(text)[1];
  const now = /It is (\S+?)\. Whatever/.exec(text)[1];
  const pulse = /counted a pulse of (\d+) a minute/.exec(text)?.[1];
  const allergy = /tells you that (.+?) once caused (.+?)\. Record/.exec(text)?.slice(1);
  return { mrn, phone, now, today: now.slice(0, 10), pulse, allergy };
}

const RXNORM = { amoxicillin: "723", sulfamethoxazole: "10180", codeine: "2670", morphine: "7052" };

/** The resource that step 3 asks for. */
export function told(asked, patient) {
  if (asked.pulse) {
    return {
      resourceType: "Observation",
      status: "final",
      category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "vital-signs" }] }],
      code: { coding: [{ system: "http://loinc.org", code: "8867-4", display: "Heart rate" }] },
      subject: { reference: `Patient/${patient}` },
      effectiveDateTime: asked.now,
      valueQuantity: { value: Number(asked.pulse), unit: "/min", system: "http://unitsofmeasure.org", code: "/min" },
    };
  }
  const [substance, reaction] = asked.allergy;
  return {
    resourceType: "AllergyIntolerance",
    clinicalStatus: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", code: "active" }] },
    verificationStatus: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", code: "unconfirmed" }] },
    code: { coding: [{ system: "http://www.nlm.nih.gov/research/umls/rxnorm", code: RXNORM[substance], display: substance }] },
    patient: { reference: `Patient/${patient}` },
    recordedDate: asked.now,
    reaction: [{ manifestation: [{ text: reaction }] }],
  };
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const asked = await read(page);
  await page.goto(`${root}/fhir`);
  const found = await ask(page, "GET", `Patient?identifier=${asked.mrn}`);
  const id = found.body.entry[0].resource.id;
  const { body: patient } = await ask(page, "GET", `Patient/${id}`);
  await waitForCheck(page, "read-by-id", "passed");
  await answer(page, "born", patient.birthDate);
  await waitForCheck(page, "born", "passed");

  const counted = await ask(page, "GET", `Observation?patient=${id}&date=lt${asked.today}&_summary=count`);
  await answer(page, "how-many", String(counted.body.total));
  await waitForCheck(page, "how-many", "passed");
  const first = await ask(page, "GET", `Observation?patient=${id}&date=lt${asked.today}&_count=10`);
  const next = first.body.link.find((link) => link.relation === "next").url;
  await ask(page, "GET", new URL(next).pathname + new URL(next).search);
  await waitForCheck(page, "paged", "passed");
  await look("paged");

  const resource = told(asked, id);
  assert.equal((await ask(page, "POST", resource.resourceType, { body: resource })).status, 201);
  await waitForCheck(page, "recorded", "passed");

  const { body: now } = await ask(page, "GET", `Patient/${id}`);
  await page.getByRole("button", { name: "Edit and update" }).click();
  now.telecom = [{ system: "phone", value: asked.phone, use: "home" }];
  const etag = await page.getByLabel("If-Match", { exact: true }).inputValue();
  assert.equal((await ask(page, "PUT", `Patient/${id}`, { ifMatch: etag, body: now })).status, 200);
  await page.getByText("Lab finished").first().waitFor();
  await look("finished");
}
