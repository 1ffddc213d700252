import net from "node:net";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [START, END, CR] = [0x0b, 0x1c, 0x0d];
const PAUSE_MS = 20;
const ANSWER_MAX_MS = 5_000;
/** Of so many acknowledgements one is lost on the way, and the message is sent again. */
const LOST_ONE_IN = 5;
const FIRST_MRN = 9_500_000;
const PEOPLE = 500;

/** Somebody outside who sends messages to the laboratory and keeps each until it is acknowledged. */
export class Sender {
  static NAME = "REG";
  acknowledged = new Set();
  repeated = 0;
  #number = 0;
  #isStopped = false;
  /** What was sent and not acknowledged, over kills of the other side too. */
  #pending;

  stop() {
    this.#isStopped = true;
  }

  /** Whether a record number is of somebody only this sender knows. */
  sent(mrn) {
    const number = Number(mrn);
    return number >= FIRST_MRN && number < FIRST_MRN + PEOPLE;
  }

  async run(server, sandbox) {
    this.#isStopped = false;
    const { ports } = JSON.parse(await readFile(path.join(server.folder, "run.json"), "utf8"));
    while (!this.#isStopped) {
      this.#pending ??= this.#next(sandbox);
      const answer = await exchange(ports.mllp, this.#pending.bytes).catch(() => undefined);
      const isLost = answer !== undefined && Math.random() * LOST_ONE_IN < 1;
      if (answer?.includes("MSA|AA|") && !isLost) {
        this.acknowledged.add(this.#pending.id);
        this.#pending = undefined;
      } else {
        this.repeated += 1;
      }
      await sleep(PAUSE_MS);
    }
  }

  #next(sandbox) {
    this.#number += 1;
    const [id, mrn] = [`S${this.#number}`, FIRST_MRN + (this.#number % PEOPLE)];
    const text = [
      `MSH|^~\\&|${Sender.NAME}|MERCY|LIS|${sandbox}|20310304081500||ADT^A28^ADT_A05|${id}|P|2.5.1||||||UNICODE UTF-8`,
      "EVN||20310304081500",
      `PID|1||${mrn}^^^MERCY^MR||Soak^Nr${this.#number}^^^^^L||19870203|F`,
      "PV1|1|N",
      "",
    ].join("\r");
    return { id, bytes: Buffer.concat([Buffer.of(START), Buffer.from(text), Buffer.of(END, CR)]) };
  }
}

/** Sends a message on a connection of its own and waits for the answer. */
function exchange(port, bytes) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: "127.0.0.1", timeout: ANSWER_MAX_MS });
    let kept = Buffer.alloc(0);
    const end = (settle, value) => {
      socket.destroy();
      settle(value);
    };
    socket.on("connect", () => socket.write(bytes));
    socket.on("data", (part) => {
      kept = Buffer.concat([kept, part]);
      if (kept.includes(END)) end(resolve, kept.toString());
    });
    socket.on("timeout", () => end(reject, new Error("no answer")));
    socket.on("error", (error) => end(reject, error));
    socket.on("close", () => reject(new Error("closed without an answer")));
  });
}
