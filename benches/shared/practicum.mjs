// Starts the program under test on a free port with a data folder of its own, and talks to it.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const START_MAX_MS = 300_000;

/** The path of the program: the first argument, or the release build of this checkout. */
export function binary() {
  return path.resolve(process.argv[2] ?? path.join(import.meta.dirname, "../../target/release/practicum"));
}

/** A folder that is gone when `work` has ended. */
export async function withFolder(work) {
  const folder = await mkdtemp(path.join(tmpdir(), "practicum-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs `work` with a server that has the demo accounts and the default image of 1,000 patients. */
export async function withServer(work, { settings = {} } = {}) {
  return withFolder(async (folder) => {
    const server = await start(folder, settings);
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  });
}

/** Starts the server on `folder`, with `settings` as environment, and waits until it has written where it listens. */
export async function start(folder, settings = {}) {
  const words = ["serve", "--demo", "--port", "0", "--dicom-port", "0", "--data", folder, "--log", "warn"];
  const env = { ...process.env, ...settings };
  const child = spawn(binary(), words, { stdio: ["ignore", "ignore", "inherit"], env });
  // A script that fails must not wait for its server, nor leave it behind.
  child.unref();
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  const run = await waitForRun(path.join(folder, "run.json"), child);
  const agent = new http.Agent({ keepAlive: true });
  const call = (method, address, body, headers) => request(agent, run, method, address, body, headers);
  return {
    url: run.url,
    token: run.demo.learner_token,
    instructor: run.demo.instructor_token,
    pid: child.pid,
    folder,
    /** One request as the demo learner; its answer, refused when it is an error. */
    async ask(method, address, body, headers) {
      const answer = await call(method, address, body, headers);
      if (answer.status >= 400) throw new Error(`${method} ${address}: ${answer.status} ${answer.text.slice(0, 400)}`);
      return answer;
    },
    call,
    /** A new sandbox's id. */
    async sandbox() {
      return JSON.parse((await this.ask("POST", "/api/sandboxes", "{}")).text).id;
    },
    async stop() {
      agent.destroy();
      // A process that a signal ended has no exit code, and its exit may have been told already.
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        child.ref();
        child.kill("SIGTERM");
        await ended;
      }
    },
  };
}

async function waitForRun(file, child) {
  const start = Date.now();
  while (Date.now() - start < START_MAX_MS) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`practicum ended with ${child.exitCode ?? child.signalCode} before it served`);
    try {
      const run = JSON.parse(await readFile(file, "utf8"));
      if (run.pid === child.pid) return run;
    } catch {
      // Not written yet.
    }
    await sleep(10);
  }
  throw new Error(`practicum wrote no run.json within ${START_MAX_MS / 1000} s`);
}

function request(agent, run, method, address, body, headers = {}) {
  const all = { Authorization: `Bearer ${run.demo.learner_token}`, "Content-Type": "application/json", ...headers };
  return new Promise((resolve, reject) => {
    const sent = http.request(new URL(address, run.url), { method, agent, headers: all }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () =>
        resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }),
      );
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
