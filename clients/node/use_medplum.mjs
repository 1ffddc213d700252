// `@medplum/core` works in a hospital of its own: its MedplumClient takes any FHIR server's address and a token.
import assert from "node:assert/strict";
import { MedplumClient, OperationOutcomeError } from "@medplum/core";
import { inSandbox } from "./practicum.mjs";

const MRN = "https://practicum.example/mrn";

/** A client without a cache: what it tells is what the server says now. */
function connect(sandbox, url, token) {
  return new MedplumClient({ baseUrl: url, fhirUrlPath: `/s/${sandbox.id}/fhir`, accessToken: token, cacheTime: 0 });
}

/** Runs one of the proofs below in a fresh hospital. */
export function prove(work, url, token) {
  return inSandbox(url, token, (sandbox) => work(connect(sandbox, url, token)));
}

export const PROOFS = {
  "reads and searches": readsAndSearches,
  "creates, updates, patches and deletes": createsUpdatesPatchesAndDeletes,
  "creates on a condition": createsOnACondition,
  "sends a batch": sendsABatch,
  "sends a transaction": sendsATransaction,
  "asks for operations": asksForOperations,
  "exports in bulk": exportsInBulk,
};

async function readsAndSearches(client) {
  const page = await client.search("Encounter", "status=in-progress&_include=Encounter:subject&_count=10");
  const people = page.entry.filter(({ search }) => search.mode === "include").map(({ resource }) => resource);
  assert(people.length > 0 && people.every(({ resourceType }) => resourceType === "Patient"));
  assert.deepEqual(await client.readResource("Patient", people[0].id), people[0]);
  assert.deepEqual(await client.searchOne("Patient", { _id: people[0].id }), people[0]);
  assert.deepEqual(await client.readReference({ reference: `Patient/${people[0].id}` }), people[0]);

  const { total } = await client.search("Patient", "gender=male&_summary=count");
  const found = new Set();
  for await (const patients of client.searchResourcePages("Patient", "gender=male&_count=100")) {
    for (const { id } of patients) found.add(id);
  }
  assert.equal(found.size, total);
}

async function createsUpdatesPatchesAndDeletes(client) {
  const made = await client.createResource(person("Saar", "700001"));
  assert.equal(made.meta.versionId, "1");
  const updated = await client.updateResource({ ...made, gender: "male" });
  assert.equal(updated.meta.versionId, "2");
  const patched = await client.patchResource("Patient", made.id, [
    { op: "test", path: "/gender", value: "male" },
    { op: "replace", path: "/gender", value: "other" },
    { op: "add", path: "/name/0/given/-", value: "Kalev" },
  ]);
  assert.deepEqual([patched.gender, patched.name[0].given], ["other", ["Mari", "Kalev"]]);
  const untrue = [{ op: "test", path: "/gender", value: "male" }, { op: "remove", path: "/name" }];
  await refused(client.patchResource("Patient", made.id, untrue), "conflict");

  const history = await client.readHistory("Patient", made.id);
  assert.deepEqual(history.entry.map(({ resource }) => resource.meta.versionId), ["3", "2", "1"]);
  assert.deepEqual(await client.readVersion("Patient", made.id, "2"), updated);
  await client.deleteResource("Patient", made.id);
  await refused(client.readResource("Patient", made.id), "deleted");
}

/** The same condition twice makes one resource; a condition that two meet is refused. */
async function createsOnACondition(client) {
  const condition = `identifier=${MRN}|700002`;
  const first = await client.createResourceIfNoneExist(person("Kask", "700002"), condition);
  const second = await client.createResourceIfNoneExist(person("Tamm", "700002"), condition);
  assert.deepEqual([second.id, second.name[0].family], [first.id, "Kask"]);
  const changed = await client.upsertResource({ ...person("Lepp", "700002") }, condition);
  assert.deepEqual([changed.id, changed.meta.versionId], [first.id, "2"]);
  await refused(client.createResourceIfNoneExist(person("Saar", "700003"), "gender=male"), "multiple-matches");
}

/** Each entry stands for itself: one that fails leaves the others done. */
async function sendsABatch(client) {
  const answer = await client.executeBatch({
    resourceType: "Bundle",
    type: "batch",
    entry: [
      { resource: person("Mets", "700004"), request: { method: "POST", url: "Patient" } },
      { resource: { ...person("Mets", "700005"), gender: "wrong" }, request: { method: "POST", url: "Patient" } },
      { request: { method: "GET", url: "Patient/nobody" } },
      { request: { method: "GET", url: "Patient?_count=1" } },
    ],
  });
  assert.deepEqual(answer.entry.map(({ response }) => response.status.slice(0, 3)), ["201", "422", "404", "200"]);
  assert.equal((await client.searchResources("Patient", "family=Mets")).length, 1);
}

/** All or none, and entries refer to one another. */
async function sendsATransaction(client) {
  const address = "urn:uuid:0a0f6c1e-6a37-4b1f-9d0e-1f1d3e3f9b11";
  const stay = {
    resourceType: "Encounter",
    status: "planned",
    class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "AMB" },
    subject: { reference: address },
  };
  const entry = [
    { resource: stay, request: { method: "POST", url: "Encounter" } },
    { fullUrl: address, resource: person("Rand", "700006"), request: { method: "POST", url: "Patient" } },
  ];
  const bundle = { resourceType: "Bundle", type: "transaction", entry };
  await client.executeBatch(bundle);
  const [made] = await client.searchResources("Encounter", "patient.identifier=700006");
  assert.equal((await client.readReference(made.subject)).name[0].family, "Rand");
  const spoiled = { ...bundle, entry: [...entry, { request: { method: "DELETE", url: "Patient?gender=male" } }] };
  await refused(client.executeBatch(spoiled), "multiple-matches");
  assert.equal((await client.searchResources("Patient", "identifier=700006")).length, 1);
}

async function asksForOperations(client) {
  const [patient] = await client.searchResources("Patient", "_count=1");
  const everything = await client.readPatientEverything(patient.id);
  assert(everything.entry.some(({ resource }) => resource.id === patient.id));
  const { expansion } = await client.valueSetExpand({ url: "http://hl7.org/fhir/ValueSet/administrative-gender" });
  assert.deepEqual(expansion.contains.map(({ code }) => code).sort(), ["female", "male", "other", "unknown"]);
  const verdict = await client.validateResource({ resourceType: "Patient", gender: "wrong" });
  assert(verdict.issue.some(({ severity }) => severity === "error"));
}

/** The client starts an export, waits for it, and downloads: as many lines as searches count. */
async function exportsInBulk(client) {
  const { output } = await client.bulkExport("Patient", "Patient,Procedure", undefined, { pollStatusOnAccepted: true, pollStatusPeriod: 200 });
  for (const type of ["Patient", "Procedure"]) {
    const lines = [];
    for (const { url } of output.filter((file) => file.type === type)) {
      lines.push(...(await (await client.download(url)).text()).split("\n").filter(Boolean));
    }
    const { total } = await client.search(type, "_summary=count");
    assert.equal(lines.length, total, type);
  }
}

function person(family, number) {
  const name = [{ use: "official", family, given: ["Mari"] }];
  return { resourceType: "Patient", identifier: [{ system: MRN, value: number }], name, gender: "female", birthDate: "1990-05-06" };
}

/** The client's own error, made of the server's OperationOutcome. */
async function refused(asked, code) {
  await assert.rejects(asked, (error) => {
    assert(error instanceof OperationOutcomeError, error);
    assert.equal(error.outcome.issue[0].code, code, JSON.stringify(error.outcome));
    return true;
  });
}
