// Import through transactions: bundles of 101, one patient and 100 observations that refer to her.
import { figure, timed } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";

const BUNDLES = 100;
const CONNECTIONS = 2;
const OBSERVATIONS = 100;

const bundles = Array.from({ length: BUNDLES }, (_, number) => JSON.stringify(bundle(number)));

await withServer(async (server) => {
  const base = `/s/${await server.sandbox()}/fhir`;
  const post = () => server.ask("POST", base, bundles.pop(), { "Content-Type": "application/fhir+json" });
  await post();
  const count = bundles.length * (OBSERVATIONS + 1);
  const line = async () => {
    while (bundles.length > 0) await post();
  };
  const ms = await timed(() => Promise.all(Array.from({ length: CONNECTIONS }, line)));
  figure(`transaction import, bundles of ${OBSERVATIONS + 1}`, count / (ms / 1000), "resources a second");
});

function bundle(number) {
  const patient = `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const entry = (fullUrl, resource) => ({ fullUrl, resource, request: { method: "POST", url: resource.resourceType } });
  const observations = Array.from({ length: OBSERVATIONS }, (_, place) =>
    entry(`urn:uuid:10000000-0000-4000-8000-${String(number * OBSERVATIONS + place).padStart(12, "0")}`, observation(patient, place)),
  );
  const person = { resourceType: "Patient", name: [{ family: `Bench${number}` }], birthDate: "1980-02-29" };
  return { resourceType: "Bundle", type: "transaction", entry: [entry(patient, person), ...observations] };
}

function observation(patient, place) {
  return {
    resourceType: "Observation",
    status: "final",
    code: { coding: [{ system: "http://loinc.org", code: "8867-4", display: "Heart rate" }] },
    subject: { reference: patient },
    effectiveDateTime: `2031-03-${String((place % 28) + 1).padStart(2, "0")}T06:40:00Z`,
    valueQuantity: { value: 60 + (place % 40), unit: "/min", system: "http://unitsofmeasure.org", code: "/min" },
  };
}
