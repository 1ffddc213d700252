// One drill with thirty clients, then twenty drills at once: how long it takes from a command until every client has the state after it.
//
// A client is what a headset is: it follows `/api/drills/ID` as server-sent events, each of which says everything. Its clock stands, so a
// command makes exactly one event: it is begun, or refused because the role is at work, and either is on record.
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { figure } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";

const CLIENTS = 30;
const DRILLS = 20;
const CLIENTS_OF_EACH = 3;
const COMMANDS = 40;
/** Between two commands of one drill; longer than the server lets pass between two states. */
const APART_MS = 400;
const WAIT_MAX_MS = 30_000;

await withServer(async (server) => {
  const one = await begin(server, CLIENTS);
  told(`one drill, ${CLIENTS} clients`, await played(server, one, COMMANDS));
  one.leave();
  const many = [];
  for (let at = 0; at < DRILLS; at += 1) many.push(await begin(server, CLIENTS_OF_EACH));
  const all = await Promise.all(many.map((drill) => sleep(Math.random() * APART_MS).then(() => played(server, drill, COMMANDS))));
  told(`${DRILLS} drills at once, ${CLIENTS_OF_EACH} clients each`, all.flat());
  for (const drill of many) drill.leave();
});

/** A drill whose clock stands, with its clients. */
async function begin(server, count) {
  const asked = { scenario: "engine-dies", team: true };
  const drill = JSON.parse((await server.ask("POST", "/api/drills", JSON.stringify(asked))).text);
  await server.ask("POST", "/api/drill-members", JSON.stringify({ code: drill.code, roles: ["supervisor"] }));
  const address = `/api/drills/${drill.id}`;
  const clients = await Promise.all(Array.from({ length: count }, () => follow(server, address)));
  return { address, clients, leave: () => clients.forEach((client) => client.leave()) };
}

/** Gives commands one after the other; for each, how long until the last client had it, in milliseconds. */
async function played(server, drill, commands) {
  const lags_ms = [];
  for (let at = 0; at < commands; at += 1) {
    const wanted = Math.max(...drill.clients.map((client) => client.seq)) + 1;
    const begun = performance.now();
    const command = JSON.stringify({ key: `${at}`, command: "declare" });
    const [, ...heard] = await Promise.all([
      server.ask("POST", `${drill.address}/commands`, command),
      ...drill.clients.map((client) => client.reaches(wanted)),
    ]);
    lags_ms.push(Math.max(...heard) - begun);
    await sleep(APART_MS);
  }
  return lags_ms;
}

function told(name, lags_ms) {
  const sorted = [...lags_ms].sort((left, right) => left - right);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  figure(`${name}: from a command to all, p50 of ${sorted.length}`, at(0.5), "ms");
  figure(`${name}: from a command to all, p95 of ${sorted.length}`, at(0.95), "ms");
  figure(`${name}: from a command to all, most`, sorted.at(-1), "ms");
}

/** Somebody who follows a drill: the number of the newest state, and a promise for the moment at which it reaches another. */
function follow(server, address) {
  const headers = { Authorization: `Bearer ${server.token}`, Accept: "text/event-stream" };
  return new Promise((resolve, reject) => {
    const sent = http.get(new URL(address, server.url), { agent: false, headers }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`${address}: ${answer.statusCode}`));
      const waiting = [];
      const client = {
        seq: 0,
        leave: () => sent.destroy(),
        reaches: (seq) =>
          new Promise((heard, late) => {
            const timer = setTimeout(() => late(new Error(`state ${seq} never came, ${client.seq} did`)), WAIT_MAX_MS);
            waiting.push({ seq, heard, timer });
          }),
      };
      let text = "";
      answer.setEncoding("utf8");
      answer.on("error", () => {});
      answer.on("data", (part) => {
        text += part;
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      });
      const take = (event) => {
        if (!event.startsWith("event: state")) return;
        // The number stands before everything long, and reading all of it thirty times would be what is measured.
        client.seq = Number(/"seq":(\d+)/.exec(event)[1]);
        const now = performance.now();
        for (const one of waiting.splice(0)) {
          if (one.seq > client.seq) waiting.push(one);
          else {
            clearTimeout(one.timer);
            one.heard(now);
          }
        }
        resolve(client);
      };
    });
    sent.on("error", reject);
  });
}
