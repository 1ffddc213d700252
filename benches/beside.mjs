// The same requests to this server and to another FHIR server on the same machine, and how many times as many were answered. The other
// is helios-hfs, an R4 server in Rust on SQLite too; where it is not installed the bench says so.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { figure } from "./shared/figures.mjs";
import { withFolder, withServer } from "./shared/practicum.mjs";
import { requestsPerSecond } from "./shared/wrk.mjs";

const OTHER = "hfs";
const INSTALL = "cargo install helios-hfs --version 0.2.7 --no-default-features --features R4,sqlite";
const START_MAX_MS = 60_000;
const OBSERVATIONS = 500;
// A code that the population does not have, so that both servers hold the same matches.
const CODE = "bench-rate";
const SYSTEM = "https://practicum.example/bench";
const HEADERS = { "Content-Type": "application/fhir+json", Accept: "application/fhir+json" };
const PATIENT = { resourceType: "Patient", name: [{ family: "Bench", given: ["Load"] }], gender: "female", birthDate: "1980-02-29" };
const CREATE = `
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/fhir+json"
wrk.body = '${JSON.stringify(PATIENT)}'
`;

if (!isInstalled("wrk")) console.log("skipped: wrk is not installed");
else if (!isInstalled(OTHER)) console.log(`skipped: ${OTHER} is not installed; ${INSTALL}`);
else compare(await measured(ours), await measured(others));

function isInstalled(program) {
  return spawnSync(program, ["--version"], { timeout: 5_000 }).error?.code !== "ENOENT";
}

/** What a server answers a second, alone on the machine and with the same resources in it. */
async function measured(during) {
  const figures = {};
  await during(async (server, base) => {
    const address = `${base}/Observation/${await fill(server, base)}`;
    figures.read = await requestsPerSecond(server, address);
    figures["search of 50"] = await requestsPerSecond(server, `${base}/Observation?code=${SYSTEM}|${CODE}&_count=50`);
    figures["durable create"] = await requestsPerSecond(server, `${base}/Patient`, CREATE);
  });
  return figures;
}

function ours(work) {
  return withServer(async (server) => work(server, `/s/${await server.sandbox()}/fhir`));
}

function others(work) {
  return withFolder(async (folder) => {
    const port = await freePort();
    const words = ["--port", `${port}`, "--database-url", path.join(folder, "other.sqlite"), "--log-level", "error"];
    const child = spawn(OTHER, words, { cwd: folder, stdio: "ignore" });
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    try {
      const server = { url: `http://127.0.0.1:${port}`, token: "none", folder };
      await waitFor(server, child);
      await work(server, "");
    } finally {
      kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      process.off("exit", kill);
    }
  });
}

/** A port that nobody listens on now. */
async function freePort() {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  return port;
}

async function waitFor(server, child) {
  for (const end = Date.now() + START_MAX_MS; Date.now() < end; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`${OTHER} ended with ${child.exitCode} before it served`);
    const answer = await fetch(`${server.url}/metadata`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`${OTHER} did not serve within ${START_MAX_MS / 1000} s`);
}

/** Stores a patient with observations of one code, and gives the id of one of these. */
async function fill(server, base) {
  const patient = await store(server, base, PATIENT);
  let last;
  for (let number = 0; number < OBSERVATIONS; number += 1) last = await store(server, base, pulse(patient.id, number));
  return last.id;
}

function pulse(patient, number) {
  return {
    resourceType: "Observation",
    status: "final",
    code: { coding: [{ system: SYSTEM, code: CODE }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: "2031-03-04T06:00:00Z",
    valueQuantity: { value: 60 + (number % 40), unit: "/min", system: "http://unitsofmeasure.org", code: "/min" },
  };
}

async function store(server, base, resource) {
  const headers = { ...HEADERS, Authorization: `Bearer ${server.token}`, Prefer: "return=representation" };
  const address = `${server.url}${base}/${resource.resourceType}`;
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(resource) });
  if (answer.status !== 201) throw new Error(`POST ${address}: ${answer.status} ${(await answer.text()).slice(0, 400)}`);
  return answer.json();
}

function compare(ourFigures, otherFigures) {
  for (const [name, value] of Object.entries(ourFigures)) {
    figure(`${name}, Practicum`, value, "a second");
    figure(`${name}, ${OTHER}`, otherFigures[name], "a second");
    figure(`${name}, ratio`, value / otherFigures[name], "times");
  }
}
