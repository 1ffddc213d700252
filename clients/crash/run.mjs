// Kills the real program while it writes, again and again, and looks for anything lost or half-written.
//
// Usage: node clients/crash/run.mjs PATH_OF_PRACTICUM
// What was acknowledged must be there, byte for byte, after the next start. Of a transaction all entries must be there, or
// none. The journal must be an unbroken chain with an entry for every acknowledged write.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { start, withFolder } from "../../benches/shared/practicum.mjs";

const ROUNDS = 6;
const WRITERS = 4;
const SIZE_OF_TRANSACTION = 5;
const KILL_AFTER_MS = [150, 900];
const FHIR = { "Content-Type": "application/fhir+json" };
const SYSTEM = "https://practicum.example/crash-test";

const acknowledged = { versions: new Map(), transactions: new Set(), attempted: new Set() };
let sandbox;
let counter = 0;

await withFolder(async (folder) => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const server = await start(folder);
    sandbox ??= await server.sandbox();
    if (round > 1) await verify(server);
    await writeUntilKilled(server);
    console.log(`ok killed ${round} times, ${acknowledged.versions.size} versions acknowledged so far`);
  }
  const server = await start(folder);
  await verify(server);
  await verifyJournal(server);
  await server.stop();
});
assert(acknowledged.versions.size > 0 && acknowledged.transactions.size > 0, "nothing was written, so nothing was shown");
console.log("1 passed, 0 failed, 0 skipped");

/** Writes from several connections at once, until the process is gone. */
async function writeUntilKilled(server) {
  const writers = Array.from({ length: WRITERS }, (_, number) => write(server, number));
  const [least, most] = KILL_AFTER_MS;
  await sleep(least + Math.random() * (most - least));
  process.kill(server.pid, "SIGKILL");
  await Promise.all(writers);
  await server.stop();
}

/** One writer: creates, updates and transactions in turn, each noted only once it is acknowledged. */
async function write(server, number) {
  const base = `/s/${sandbox}/fhir`;
  try {
    for (;;) {
      counter += 1;
      if (number % 2 === 0) await transaction(server, base, `t${counter}`);
      else await createAndUpdate(server, base, `p${counter}`);
    }
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

async function createAndUpdate(server, base, name) {
  const made = await server.ask("POST", `${base}/Patient`, JSON.stringify(patient(name, 0)), FHIR);
  note(made);
  const body = JSON.stringify({ ...patient(name, 0), id: JSON.parse(made.text).id, birthDate: "1980-02-29" });
  note(await server.ask("PUT", `${base}/Patient/${JSON.parse(body).id}`, body, { ...FHIR, "If-Match": made.headers.etag }));
}

async function transaction(server, base, name) {
  const entry = Array.from({ length: SIZE_OF_TRANSACTION }, (_, place) => ({
    resource: patient(name, place),
    request: { method: "POST", url: "Patient" },
  }));
  acknowledged.attempted.add(name);
  await server.ask("POST", base, JSON.stringify({ resourceType: "Bundle", type: "transaction", entry }), FHIR);
  acknowledged.transactions.add(name);
}

function patient(name, place) {
  return { resourceType: "Patient", identifier: [{ system: SYSTEM, value: name }], name: [{ family: `Crash ${place}` }] };
}

function note(answer) {
  const { id, meta } = JSON.parse(answer.text);
  acknowledged.versions.set(`Patient/${id}/_history/${meta.versionId}`, answer.text);
}

/** Whether a request ended because the process did. */
function isGone(error) {
  return ["ECONNRESET", "ECONNREFUSED", "EPIPE"].includes(error.code) || error.message === "aborted" || error.message === "socket hang up";
}

async function verify(server) {
  const base = `/s/${sandbox}/fhir`;
  for (const [address, body] of acknowledged.versions) {
    const found = await server.ask("GET", `${base}/${address}`);
    assert.equal(found.text, body, `${address} is not what was acknowledged`);
  }
  for (const name of acknowledged.attempted) {
    const found = await server.ask("GET", `${base}/Patient?identifier=${SYSTEM}|${name}&_summary=count`);
    const { total } = JSON.parse(found.text);
    const allowed = acknowledged.transactions.has(name) ? [SIZE_OF_TRANSACTION] : [0, SIZE_OF_TRANSACTION];
    assert(allowed.includes(total), `transaction ${name} left ${total} of ${SIZE_OF_TRANSACTION} resources`);
  }
}

async function verifyJournal(server) {
  const { sound, broken } = JSON.parse((await server.ask("GET", `/s/${sandbox}/journal/verify`)).text);
  assert(sound, `the journal is broken: ${broken}`);
  const written = new Set();
  for (let after = 0, more = true; more; ) {
    const page = await server.ask("GET", `/s/${sandbox}/journal?kind=fhir.create,fhir.update&outcome=ok&limit=1000&after=${after}`);
    const { entries } = JSON.parse(page.text);
    for (const { seq, detail } of entries) {
      after = seq;
      written.add(`${detail.type}/${detail.id}/_history/${detail.version}`);
    }
    more = entries.length > 0;
  }
  const missing = [...acknowledged.versions.keys()].filter((address) => !written.has(address));
  assert.deepEqual(missing, [], "acknowledged writes without a journal entry");
}
