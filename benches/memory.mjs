// How many open sandboxes fit into one GiB beyond the image: private memory of the process, before and after.
import { readFile } from "node:fs/promises";
import { figure } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";

const SANDBOXES = 250; // The server keeps 300 open.
const PATIENT = JSON.stringify({ resourceType: "Patient", name: [{ family: "Bench" }], birthDate: "1980-02-29" });

/** Memory only this process holds, in bytes. The image is mapped from its file, shared by all, and not counted. */
async function privateBytes(pid) {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(rollup.match(/^Private_Dirty:\s+(\d+) kB/m)[1]) * 1024;
}

const limits = { PRACTICUM_SANDBOXES_PER_LEARNER: String(SANDBOXES + 10) };
await withServer(
  async (server) => {
    await work(server, await server.sandbox());
    const before = await privateBytes(server.pid);
    figure("idle, private", before / 2 ** 20, "MiB");
    for (let count = 0; count < SANDBOXES; count += 1) await work(server, await server.sandbox());
    const each = ((await privateBytes(server.pid)) - before) / SANDBOXES;
    figure("an open sandbox", each / 1024, "KiB");
    figure("open sandboxes in 1 GiB", 2 ** 30 / each, "");
  },
  { settings: limits },
);

/** What a learner does at least once: write, read, search. */
async function work(server, id) {
  const fhir = { "Content-Type": "application/fhir+json" };
  const made = await server.ask("POST", `/s/${id}/fhir/Patient`, PATIENT, fhir);
  await server.ask("GET", `/s/${id}/fhir/Patient/${JSON.parse(made.text).id}`);
  await server.ask("GET", `/s/${id}/fhir/Observation?_count=20&date=ge2000`);
}
