// The first three labs, solved from outside with fhir-kit-client, the way a learner with a FHIR client would.
import assert from "node:assert/strict";
import { Attempt } from "./practicum.mjs";

const MRN = "https://practicum.example/mrn";
const LOINC = "http://loinc.org";
const RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
const INGREDIENTS = { amoxicillin: "723", sulfamethoxazole: "10180", codeine: "2670", morphine: "7052" };
const TERMINOLOGY = "http://terminology.hl7.org/CodeSystem";

export const LABS = {
  "first-shift": firstShift,
  "fhir-by-hand": fhirByHand,
  "two-charts-one-patient": twoCharts,
};

/** Begins an attempt, solves it, and waits for its checks. */
export async function solve(url, token, lab) {
  const attempt = await Attempt.begin(url, token, lab);
  await LABS[lab](attempt);
  await attempt.waitUntilFinished();
}

/** Register, admit, transfer, discharge. The admission is one transaction: the stay and what was measured on arrival. */
async function firstShift(attempt) {
  const { client, now } = attempt;
  const person = await register(attempt);
  const stay = {
    resourceType: "Encounter",
    status: "in-progress",
    class: coding(`${TERMINOLOGY}/v3-ActCode`, "IMP"),
    subject: to(person),
    period: { start: now },
    location: [place(await bed(client, ...attempt.told(/Bed `(.+?)` on/)), now)],
  };
  const address = "urn:uuid:5b0f2d0c-7a3e-4c53-8f0e-2a8f5a0f6f11";
  const pulse = { ...vitalSign(person, 78, now), encounter: { reference: address } };
  const entry = [
    { fullUrl: address, resource: stay, request: { method: "POST", url: "Encounter" } },
    { resource: pulse, request: { method: "POST", url: "Observation" } },
  ];
  await client.transaction({ body: { resourceType: "Bundle", type: "transaction", entry } });

  const moving = await runningStay(client, ...attempt.told(/\(`(\w+)`\) needs closer watching/));
  const freed = [await leaveBed(client, moving, now)];
  moving.location.push(place(await bed(client, ...attempt.told(/goes up to bed `(.+?)`/)), now));
  await attempt.update(moving);

  const leaving = await runningStay(client, ...attempt.told(/\(`(\w+)`\) has the letter in hand/));
  freed.push(await leaveBed(client, leaving, now));
  leaving.status = "finished";
  leaving.period.end = now;
  await attempt.update(leaving);

  await attempt.answer("beds-freed", freed.join(", "));
}

/** The chart of whoever stands at the desk: the one there is, brought up to date, or a new one. */
async function register(attempt) {
  const [given, family, birthDate, gender] = attempt.told(/At the desk stands (\S+) (.+?), born (\S+), (\w+),/);
  const [number, line, city, postalCode] = attempt.told(/telephone today is (.+?); the address is (.+), (.+?) (\d{5})\./);
  const telecom = [{ system: "phone", value: number, use: "home" }];
  const address = [{ use: "home", line: [line], city, postalCode }];
  const [chart] = await search(attempt.client, "Patient", { family, given, birthdate: birthDate });
  if (chart) return attempt.update({ ...chart, telecom, address });
  const [value] = attempt.told(/take number `(\d+)`/);
  const identifier = [{ system: MRN, value }];
  const name = [{ use: "official", family, given: [given] }];
  const body = { resourceType: "Patient", active: true, identifier, name, gender, birthDate, telecom, address };
  return attempt.client.create({ resourceType: "Patient", body });
}

/** The bed with this label on its door. */
async function bed(client, label) {
  const [found] = await search(client, "Location", { identifier: label });
  return found;
}

/** The stay of the inpatient with this record number. */
async function runningStay(client, number) {
  const [patient] = await search(client, "Patient", { identifier: `${MRN}|${number}` });
  const [stay] = await search(client, "Encounter", { patient: patient.id, status: "in-progress", class: "IMP" });
  return stay;
}

/** A stay's entry for the bed someone lies in from now on. */
function place(where, now) {
  return { location: to(where), status: "active", period: { start: now } };
}

/** Ends the stay's hold on its bed, and returns the bed's label. */
async function leaveBed(client, stay, now) {
  const entry = stay.location.find(({ status }) => status === "active");
  entry.status = "completed";
  entry.period = { ...entry.period, end: now };
  const [resourceType, id] = entry.location.reference.split("/");
  const left = await client.read({ resourceType, id });
  return left.identifier[0].value;
}

/** A heart rate, taken now. */
function vitalSign(patient, value, now) {
  return {
    resourceType: "Observation",
    status: "final",
    category: [{ coding: [coding(`${TERMINOLOGY}/observation-category`, "vital-signs")] }],
    code: { coding: [coding(LOINC, "8867-4")] },
    subject: to(patient),
    effectiveDateTime: now,
    valueQuantity: { value, unit: "/min", system: "http://unitsofmeasure.org", code: "/min" },
  };
}

/** Read, search, page, create, update. */
async function fhirByHand(attempt) {
  const { client, now } = attempt;
  const [identifier] = attempt.told(/wristband with number `(\w+)`/);
  const [found] = await search(client, "Patient", { identifier });
  const chart = await client.read({ resourceType: "Patient", id: found.id });
  await attempt.answer("born", chart.birthDate);

  const earlier = { patient: chart.id, date: `lt${now.slice(0, 10)}` };
  const { total } = await client.search({ resourceType: "Observation", searchParams: { ...earlier, _summary: "count" } });
  await attempt.answer("how-many", String(total));
  const pages = await search(client, "Observation", { ...earlier, _count: 10 });
  assert.equal(pages.length, total, "the pages together are not what was counted");

  const body = attempt.brief.includes("pulse")
    ? vitalSign(chart, Number(attempt.told(/pulse of (\d+)/)[0]), now)
    : allergy(chart, ...attempt.told(/that (\w+) once caused (.+?)\. Record/), now);
  await client.create({ resourceType: body.resourceType, body });

  const [number] = attempt.told(/number has changed to `(.+?)`/);
  await attempt.update({ ...chart, telecom: [{ system: "phone", value: number, use: "home" }] });
}

/** An active allergy to a substance, as the patient tells it. */
function allergy(patient, substance, reaction, now) {
  return {
    resourceType: "AllergyIntolerance",
    clinicalStatus: { coding: [coding(`${TERMINOLOGY}/allergyintolerance-clinical`, "active")] },
    verificationStatus: { coding: [coding(`${TERMINOLOGY}/allergyintolerance-verification`, "unconfirmed")] },
    code: { coding: [coding(RXNORM, INGREDIENTS[substance])], text: substance },
    patient: to(patient),
    recordedDate: now,
    reaction: [{ manifestation: [{ text: reaction }] }],
  };
}

/** Find the second chart of one person, link both, leave the look-alike alone. */
async function twoCharts(attempt) {
  const { client } = attempt;
  const [number] = attempt.told(/number `(\w+)`/);
  const [first] = await search(client, "Patient", { identifier: `${MRN}|${number}` });
  const others = await candidates(client, first);
  const [second] = others.sort((one, other) => agreement(first, other) - agreement(first, one));
  const namesakes = others.filter((other) => other !== second && sameNames(other, first));
  const [lookAlike] = namesakes.sort((one, other) => daysApart(first, one) - daysApart(first, other));
  await attempt.answer("twin", recordNumber(second));
  await attempt.answer("look-alike", recordNumber(lookAlike));

  const link = (chart, other, type) => ({ ...chart, link: [...(chart.link ?? []), { other: to(other), type }] });
  await attempt.update({ ...link(second, first, "replaced-by"), active: false });
  await attempt.update(link(first, second, "replaces"));
}

/** Every other chart that shares one thing with this one, searched for by one thing at a time. */
async function candidates(client, chart) {
  const [{ family, given }] = chart.name;
  const { birthDate: birthdate, gender } = chart;
  const ways = [{ family, given: given[0] }, { birthdate, gender }, { birthdate, family }, { phone: phone(chart) }, { address: street(chart) }];
  const found = new Map();
  for (const way of ways) {
    for (const other of await search(client, "Patient", way)) found.set(other.id, other);
  }
  found.delete(chart.id);
  return [...found.values()];
}

/** How many of the things that identify a person two charts share. */
function agreement(one, other) {
  const things = [
    one.name[0].family === other.name[0].family,
    one.name[0].given[0] === other.name[0].given[0],
    one.gender === other.gender,
    one.birthDate === other.birthDate,
    phone(one) === phone(other),
    street(one) === street(other),
  ];
  return things.filter(Boolean).length;
}

function sameNames(one, other) {
  return one.name[0].family === other.name[0].family && one.name[0].given[0] === other.name[0].given[0];
}

function phone(chart) {
  return chart.telecom?.find(({ system }) => system === "phone")?.value;
}

function street(chart) {
  return chart.address[0].line[0];
}

function recordNumber(chart) {
  return chart.identifier.find(({ system }) => system === MRN).value;
}

function daysApart(one, other) {
  return Math.abs(new Date(one.birthDate) - new Date(other.birthDate)) / 86_400_000;
}

/** All matches of a search, page after page. */
async function search(client, resourceType, searchParams) {
  const found = [];
  for (let page = await client.search({ resourceType, searchParams }); page; page = await client.nextPage({ bundle: page })) {
    found.push(...(page.entry ?? []).map(({ resource }) => resource));
  }
  return found;
}

function coding(system, code) {
  return { system, code };
}

function to({ resourceType, id }) {
  return { reference: `${resourceType}/${id}` };
}
