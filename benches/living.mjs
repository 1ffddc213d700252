// Fifty hospitals in which patients come and go, at sixty times real time: how late things happen.
//
// Each journal entry holds the hospital's own time at which it was due and the machine's time at which it was written. The clock runs at a
// constant rate, so the one says when the other should have been.
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { figure, times } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";

const HOSPITALS = 50;
const RATE = 60;
const WARM_MS = 20_000;
const MEASURED_MS = 60_000;
/** Of Linux, in which /proc tells times. */
const TICKS_PER_SECOND = 100;
const KINDS = "command,hl7.received";

await withServer(async (server) => {
  const hospitals = [];
  for (let at = 0; at < HOSPITALS; at += 1) hospitals.push(await begin(server));
  await sleep(WARM_MS);
  const from = Date.now();
  const cpu = await cpuSeconds(server);
  await sleep(MEASURED_MS);
  const used = (await cpuSeconds(server)) - cpu;
  const lags_ms = [];
  for (const hospital of hospitals) lags_ms.push(...(await lags(server, hospital, from)));
  figure(`events of ${HOSPITALS} hospitals at ${RATE}x`, lags_ms.length / (MEASURED_MS / 1_000), "a second");
  figure("processor", used / (MEASURED_MS / 1_000), "cores");
  times("lag of an event", lags_ms);
});

/** A hospital in motion, and the pair of moments its clock is anchored at. */
async function begin(server) {
  const id = await server.sandbox();
  await server.ask("POST", `/s/${id}/map`, JSON.stringify({ playing: true }));
  const clock = JSON.parse((await server.ask("POST", `/api/sandboxes/${id}/clock`, JSON.stringify({ rate: RATE }))).text);
  return { id, virtual_ms: Date.parse(clock.virtual_now), wall_ms: Date.now() };
}

async function lags(server, hospital, from) {
  const entries = [];
  for (let page = [{ seq: 0 }]; page.length > 0; entries.push(...page)) {
    const after = page.at(-1).seq;
    const address = `/s/${hospital.id}/journal?kind=${KINDS}&limit=1000&after=${after}`;
    page = JSON.parse((await server.ask("GET", address)).text).entries;
  }
  const late = (entry) => {
    const due_ms = hospital.wall_ms + (Date.parse(entry.virtual_time) - hospital.virtual_ms) / RATE;
    return Date.parse(entry.wall_time) - due_ms;
  };
  return entries.filter((entry) => Date.parse(entry.wall_time) >= from).map(late);
}

/** Time on the processor that a server has used so far, its own and the kernel's for it. */
async function cpuSeconds(server) {
  const text = await readFile(`/proc/${server.pid}/stat`, "utf8");
  const [user, system] = text.slice(text.lastIndexOf(")") + 2).split(" ").slice(11, 13).map(Number);
  return (user + system) / TICKS_PER_SECOND;
}
