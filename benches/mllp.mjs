// Messages accepted durably over MLLP: eight connections, each waiting for its acknowledgement before it sends the next.
import net from "node:net";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { figure, times } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";

const CONNECTIONS = 8;
const WARM_MS = 1_000;
const MEASURED_MS = 8_000;
const [START, END, CR] = [0x0b, 0x1c, 0x0d];

await withServer(async (server) => {
  const run = JSON.parse(await readFile(path.join(server.folder, "run.json"), "utf8"));
  const sandbox = await server.sandbox();
  const latencies_ms = [];
  const began = Date.now();
  const [from, until] = [began + WARM_MS, began + WARM_MS + MEASURED_MS];
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, at) => converse(run.ports.mllp, sandbox, at, from, until, latencies_ms)));
  figure(`messages accepted over ${CONNECTIONS} connections`, latencies_ms.length / (MEASURED_MS / 1_000), "a second");
  times("message to acknowledgement", latencies_ms);
});

/** Sends until the time is over; notes how long each message took that was sent within the measured time. */
async function converse(port, sandbox, connection, from, until, latencies_ms) {
  const socket = net.connect({ port, host: "127.0.0.1", noDelay: true });
  let heard;
  let kept = Buffer.alloc(0);
  socket.on("data", (bytes) => {
    kept = Buffer.concat([kept, bytes]);
    const end = kept.indexOf(END);
    if (end < 0) return;
    const answer = kept.subarray(1, end).toString();
    kept = kept.subarray(end + 2);
    heard(answer);
  });
  for (let number = 0; Date.now() < until; number += 1) {
    const sent = process.hrtime.bigint();
    const answered = new Promise((resolve, reject) => {
      heard = resolve;
      socket.once("error", reject);
    });
    socket.write(Buffer.concat([Buffer.of(START), Buffer.from(message(sandbox, connection, number)), Buffer.of(END, CR)]));
    const answer = await answered;
    if (!answer.includes("MSA|AA|")) throw new Error(`not accepted: ${answer}`);
    socket.removeAllListeners("error");
    if (Date.now() >= from) latencies_ms.push(Number(process.hrtime.bigint() - sent) / 1e6);
  }
  socket.end();
}

/** An admission of a person of whom the laboratory may or may not have heard. */
function message(sandbox, connection, number) {
  const mrn = 7_000_000 + connection * 1_000 + (number % 1_000);
  return [
    `MSH|^~\\&|REG|MERCY|LIS|${sandbox}|20260301081500||ADT^A01^ADT_A01|${connection}.${number}|P|2.5.1||||||UNICODE UTF-8`,
    "EVN||20260301081500",
    `PID|1||${mrn}^^^MERCY^MR||Bench^Load^^^^^L||19870203|F|||1 Elm Street^^Alder Falls^OR^97000`,
    `PV1|1|I|4W^^4W-${String(number % 28).padStart(2, "0")}||||||||||||||||V${connection}.${number}`,
    "",
  ].join("\r");
}
