// How searches grow with the hospital: the same requests over images of 1,000 and of 10,000 patients, one at a time. A search should
// take no more than its answer grew by; where it does take more, the table says how much.
import { timed } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";

const SIZES = [1_000, 10_000];
const ROUNDS = 25;

const found = [];
for (const patients of SIZES) {
  await withServer(async (server) => found.push(await measured(server)), { settings: { PRACTICUM_PATIENTS: `${patients}` } });
}
const [small, large] = found;
for (const [name, first] of small) {
  const then = large.get(name);
  const grew = (field) => (then[field] / first[field]).toFixed(1);
  console.log(
    `${name}: ${first.ms.toFixed(2)} ms for ${first.bytes} bytes, then ${then.ms.toFixed(2)} ms for ${then.bytes} bytes; ` +
      `time x ${grew("ms")}, answer x ${grew("bytes")}`,
  );
}

/** Median time and size of the answer of each search, by its name. */
async function measured(server) {
  const fhir = `/s/${await server.sandbox()}/fhir`;
  const figures = new Map();
  for (const [name, query] of await searches(server, fhir)) {
    const times = [];
    let bytes = 0;
    for (let round = 0; round < ROUNDS; round++)
      times.push(await timed(async () => (bytes = (await server.ask("GET", `${fhir}/${query}`)).text.length)));
    times.sort((left, right) => left - right);
    figures.set(name, { ms: times[Math.floor(ROUNDS / 2)], bytes });
  }
  return figures;
}

/** Requests as people send them, about a patient who is in this image. */
async function searches(server, fhir) {
  const first = async (query) => JSON.parse((await server.ask("GET", `${fhir}/${query}`)).text).entry[0].resource;
  const observation = await first("Observation?category=laboratory&_count=1");
  const patient = await first(`Patient?_id=${observation.subject.reference.split("/")[1]}`);
  const [{ code }] = observation.code.coding;
  const about = `patient=${patient.id}`;
  return [
    ["by identifier", `Patient?identifier=${encodeURIComponent(patient.identifier[0].value)}`],
    ["by name", `Patient?family=${encodeURIComponent(patient.name[0].family)}&_count=20`],
    ["by part of a name", `Patient?name:contains=${encodeURIComponent(patient.name[0].family.slice(1, 4))}&_count=20`],
    ["born since", "Patient?birthdate=ge1980-01-01&_count=50"],
    ["a code", `Observation?code=${code}&_count=50`],
    ["a code, newest first", `Observation?code=${code}&_sort=-date&_count=50`],
    ["everything, newest first", "Observation?_sort=-date&_count=50"],
    ["a day", "Observation?date=2026-10-01&_count=50"],
    ["a code and a value", `Observation?code-value-quantity=${code}$gt1&_count=50`],
    ["one patient's results", `Observation?${about}&category=laboratory&_sort=-date&_count=50`],
    ["one patient's encounters with what was seen", `Encounter?${about}&_revinclude=Observation:encounter&_count=5`],
    ["those in a bed", "Encounter?class=IMP&status=in-progress&_count=50"],
    ["a chain", `Observation?patient.gender=female&code=${code}&_count=50`],
    ["a reverse chain", `Patient?_has:Observation:patient:code=${code}&_count=50`],
    ["orders with their patients", "MedicationRequest?status=active&_include=MedicationRequest:patient&_count=50"],
    ["not", "Patient?gender:not=female&_count=50"],
    ["missing", "Encounter?reason-code:missing=true&_count=50"],
    ["everything of one patient", `Patient/${patient.id}/$everything?_count=50`],
  ];
}
