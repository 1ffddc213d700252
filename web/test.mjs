// Runs the islands' own tests: bundles each *.test.ts for Node, then hands them to `node --test`.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const here = path.dirname(new URL(import.meta.url).pathname);
const tests = (await readdir(path.join(here, "islands"), { recursive: true })).filter((file) => file.endsWith(".test.ts"));
const out = await mkdtemp(path.join(tmpdir(), "practicum-web-"));
try {
  await build({
    absWorkingDir: path.join(here, "islands"),
    entryPoints: tests,
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const built = tests.map((file) => path.join(out, file.replace(/\.ts$/, ".mjs")));
  process.exitCode = spawnSync(process.execPath, ["--test", ...built], { stdio: "inherit" }).status ?? 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
