// Every browser test against one running Practicum, as many files at a time as there are processors, at most three.
// Usage: node e2e/all.mjs [--test-name-pattern=…] [FILE…]; what is not a file goes to node's test runner.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { skip as noBrowser } from "./browser.mjs";
import { skip as noBinary, start } from "./practicum.mjs";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const options = process.argv.slice(2).filter((it) => it.startsWith("--"));
const chosen = process.argv.slice(2).filter((it) => !it.startsWith("--"));
const all = (await readdir(here)).filter((name) => name.endsWith(".e2e.mjs")).map((name) => path.join(here, name));

// What takes longest begins first, so that nothing long is left for the end.
const LONGEST = ["labs", "pages"];
const rank = (file) => LONGEST.findIndex((name) => file.endsWith(`${name}.e2e.mjs`)) + 1 || LONGEST.length + 1;
const files = (chosen.length ? chosen : all).sort((one, other) => rank(one) - rank(other));

const practicum = noBrowser || noBinary ? null : await start();
const env = practicum ? { ...process.env, PRACTICUM_E2E_RUN: path.join(practicum.data, "run.json") } : process.env;
const concurrency = Math.min(3, availableParallelism());
const tests = spawn(process.execPath, ["--test", `--test-concurrency=${concurrency}`, ...options, ...files], { env, stdio: "inherit" });
const [code] = await once(tests, "exit");
await practicum?.stop();
process.exitCode = code ?? 1;
