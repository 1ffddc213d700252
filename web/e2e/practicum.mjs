// Starts the real binary with a data folder of its own and stops it again.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), "../..");
const target = process.env.CARGO_TARGET_DIR ?? path.join(root, "target");

/** The binary under test: PRACTICUM_BIN, or the newest that cargo has built. */
export const binary = process.env.PRACTICUM_BIN ?? ["release", "debug"].map((profile) => path.join(target, profile, "practicum")).find(existsSync);

/** Why tests against the binary cannot run here, or false if they can. */
export const skip = binary ? false : `no practicum binary under ${target}; build it or set PRACTICUM_BIN`;

/** The Practicum that somebody else has started and will stop, by its run.json; null if there is none. */
async function running() {
  const runFile = process.env.PRACTICUM_E2E_RUN;
  if (!runFile) return null;
  const run = JSON.parse(await readFile(runFile, "utf8"));
  return { url: run.url, run, data: path.dirname(runFile), stop: async () => {} };
}

/**
 * Starts Practicum on any free port with demo accounts. Resolves to `{ url, run, data, stop }` when it answers, `run`
 * being the content of run.json. A prepared data folder (with the image built) may be named in PRACTICUM_E2E_DATA. Where `all.mjs` has started one for all files, that one is taken.
 * A test that needs other `settings` starts one of its `own`, in a data folder that it made and removes.
 */
export async function start({ withinMs = 300_000, own, settings = {} } = {}) {
  const shared = own ? null : await running();
  if (shared) return shared;
  const kept = own ?? process.env.PRACTICUM_E2E_DATA;
  const data = kept ?? (await mkdtemp(path.join(tmpdir(), "practicum-e2e-")));
  const runFile = path.join(data, "run.json");
  await rm(runFile, { force: true });
  // Names that begin so are settings of the server, which refuses those it does not know: ours stay here.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PRACTICUM_")));
  for (const [name, value] of Object.entries({ port: "0", ...settings })) env[`PRACTICUM_${name.toUpperCase()}`] = value;
  const child = spawn(binary, ["serve", "--data", data, "--dicom-port", "0", "--demo"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
  const words = () => Buffer.concat(said).toString().slice(-4000);

  const stop = async () => {
    const gone = child.exitCode !== null ? Promise.resolve() : new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await Promise.race([gone, sleep(10_000).then(() => child.kill("SIGKILL"))]);
    if (!kept) await rm(data, { recursive: true, force: true });
  };

  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`practicum ended with ${child.exitCode} before it answered:\n${words()}`);
    const run = await readFile(runFile, "utf8").then(JSON.parse).catch(() => null);
    if (run && (await fetch(`${run.url}/healthz`).then((it) => it.ok).catch(() => false))) return { url: run.url, run, data, stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`practicum did not answer within ${withinMs} ms:\n${words()}`);
}
