// A hospital in motion, with everything that goes wrong: patients come and go at a thousand times real time, an outside sender loses
// acknowledgements and sends again, the program is killed, and the disk fills up. In the end nothing acknowledged is lost, nothing is
// there twice, and every system knows what the chart knows.
//
// Usage: node clients/soak/run.mjs PATH_OF_PRACTICUM [HOURS_OF_THE_HOSPITAL]
// Twelve hours of the hospital, which the tests use, take about a minute; a week (168) takes eleven.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { start, withFolder } from "../../benches/shared/practicum.mjs";
import { Disk } from "./disk.mjs";
import { Sender } from "./sender.mjs";

const HOURS = Number(process.argv[3] ?? 12);
const RATE = 1000;
const KILLS = 4;
const SETTLE_MAX_MS = 120_000;
/** What memory may grow by from the first quarter of the time to the last, each measured at its least. */
const GROWTH_MAX = 1.25;

const memory_mib = [];

await withFolder(async (folder) => {
  const disk = new Disk(path.join(folder, "sandboxes"));
  const sender = new Sender();
  try {
    let server = await start(folder);
    const sandbox = await server.sandbox();
    await server.ask("POST", `/s/${sandbox}/map`, JSON.stringify({ playing: true }));
    await server.ask("POST", `/api/sandboxes/${sandbox}/clock`, JSON.stringify({ rate: RATE }));
    const turn_ms = (HOURS * 3_600_000) / RATE / (KILLS + 1);
    for (let turn = 0; turn <= KILLS; turn += 1) {
      const sending = sender.run(server, sandbox);
      await watched(server, turn_ms, turn === 1 ? disk : undefined);
      if (turn < KILLS) process.kill(server.pid, "SIGKILL");
      sender.stop();
      await sending;
      if (turn === KILLS) break;
      await server.stop();
      server = await start(folder);
      console.log(`ok killed ${turn + 1} times; ${sender.acknowledged.size} messages acknowledged, ${sender.repeated} sent again`);
    }
    await settled(server, sandbox);
    await examine(server, sandbox, sender);
    await server.stop();
  } finally {
    disk.remove();
  }
});
flat();
console.log("1 passed, 0 failed, 0 skipped");

/** Lets time pass, looks at the memory now and then, and fills the disk for a third of the time. */
async function watched(server, turn_ms, disk) {
  const until = Date.now() + turn_ms;
  const filled = disk?.fill(Date.now() + turn_ms / 3, Date.now() + (turn_ms * 2) / 3);
  while (Date.now() < until) {
    await sleep(Math.min(1_000, turn_ms / 10));
    memory_mib.push(private_mib(server.pid));
  }
  await filled;
}

/** Nobody comes any more; waits until all that was queued has arrived. */
async function settled(server, sandbox) {
  await server.ask("POST", `/s/${sandbox}/map`, JSON.stringify({ playing: false }));
  const until = Date.now() + SETTLE_MAX_MS;
  for (;;) {
    const { interfaces } = await read(server, `/s/${sandbox}/map`);
    const waiting = interfaces.filter((one) => one.waiting > 0);
    if (waiting.length === 0) return;
    assert(Date.now() < until, `messages still wait: ${JSON.stringify(waiting)}`);
    await sleep(500);
  }
}

async function examine(server, sandbox, sender) {
  const { systems } = await read(server, `/s/${sandbox}/map/census`);
  const differing = systems.flatMap((one) => one.differing.filter((person) => !sender.sent(person.mrn)).map((person) => ({ system: one.system, ...person })));
  if (differing.length > 0) for await (const entry of entries(server, sandbox, "house.passed-over")) console.log(JSON.stringify(entry.detail));
  assert.deepEqual(differing, [], "every system knows what the chart knows");
  const journal = await read(server, `/s/${sandbox}/journal/verify`);
  assert(journal.sound, journal.broken);
  const taken = new Map();
  let commands = 0;
  for await (const entry of entries(server, sandbox, "hl7.received,command")) {
    if (entry.kind === "command") commands += 1;
    else if (entry.source === Sender.NAME && entry.detail.state === "delivered")
      taken.set(entry.detail.control_id, (taken.get(entry.detail.control_id) ?? 0) + 1);
  }
  const lost = [...sender.acknowledged].filter((id) => !taken.has(id));
  assert.deepEqual(lost, [], "what was acknowledged is in the journal");
  const charges = await read(server, `/s/${sandbox}/map`);
  const billing = charges.systems.find((one) => one.id === "BILLING");
  assert(billing.records > 0, "billing kept what it was sent");
  await oncePerVisit(server, sandbox);
  assert(commands > 0 && sender.acknowledged.size > 0 && sender.repeated > 0, "nothing happened, so nothing was shown");
  const days = (HOURS / 24).toFixed(1);
  console.log(`ok ${days} days: ${journal.entries} entries, ${commands} deeds in the chart, ${taken.size} messages from outside, memory ${Math.min(...memory_mib)} to ${Math.max(...memory_mib)} MiB`);
}

/** No bed holds two people who are in the house now. */
async function oncePerVisit(server, sandbox) {
  const { entry = [] } = await read(server, `/s/${sandbox}/fhir/Encounter?status=in-progress&class=IMP&_count=1000`);
  const places = entry.map(({ resource }) => resource.location?.findLast((place) => place.status === "active")?.location.reference);
  const beds = places.filter((place) => place !== undefined);
  const display = new Map(entry.map(({ resource }) => [resource.location?.at(-1)?.location.reference, resource.location?.at(-1)?.location.display]));
  const doubled = beds.filter((bed, at) => beds.indexOf(bed) !== at && /-\d\d/.test(display.get(bed) ?? ""));
  assert.deepEqual(doubled, [], "nobody lies in another's bed");
}

/** Memory at its least in the last quarter against that in the first: caches come and go, a leak stays. */
function flat() {
  const quarter = Math.floor(memory_mib.length / 4);
  if (HOURS < 48 || quarter < 5) return console.log("skipped: too short to judge whether memory is flat; give 168 hours");
  const [first, last] = [memory_mib.slice(quarter, 2 * quarter), memory_mib.slice(-quarter)].map((part) => Math.min(...part));
  assert(last <= first * GROWTH_MAX, `private memory grew from ${first} to ${last} MiB`);
}

async function read(server, address) {
  return JSON.parse((await server.ask("GET", address)).text);
}

async function* entries(server, sandbox, kinds) {
  for (let after = 0; ; ) {
    const page = (await read(server, `/s/${sandbox}/journal?kind=${kinds}&limit=1000&after=${after}`)).entries;
    if (page.length === 0) return;
    yield* page;
    after = page.at(-1).seq;
  }
}

function private_mib(pid) {
  try {
    const lines = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").matchAll(/^Private_\w+:\s+(\d+) kB$/gm);
    return Math.round([...lines].reduce((sum, [, kib]) => sum + Number(kib), 0) / 1024);
  } catch {
    // Killed between two looks.
    return memory_mib.at(-1) ?? 0;
  }
}
