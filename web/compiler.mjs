// The Solidity compiler, taken apart for the page that compiles: its machine code compressed in a file of its own, and the script around
// it as a worker, which gets that code from the page and so needs no network at all.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { constants, gzipSync } from "node:zlib";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);

/** Writes both files into `folder`. Returns what each is called, and what pages ask for. */
export async function compiler(folder) {
  const whole = await readFile(path.join(here, "node_modules/solc/soljson.js"), "utf8");
  // Its first statement unpacks the machine code into `Module.wasmBinary`; the rest begins with a new line.
  const end = whole.indexOf(";\nvar Module = typeof Module");
  if (end < 0) throw new Error("soljson.js does not begin as it used to: look at how it keeps its wasmBinary");
  const machine = new Function(`${whole.slice(0, end)};\nreturn Module.wasmBinary;`)();
  const worker = (await readFile(path.join(here, "islands/compiler/worker.js"), "utf8")).replace("/* soljson */", () => whole.slice(end + 2));
  return [
    [await put(folder, "solc", "wasm.gz", gzipSync(machine, { level: constants.Z_BEST_COMPRESSION })), "solc.wasm.gz"],
    [await put(folder, "solc-worker", "js", worker), "solc-worker.js"],
  ];
}

async function put(folder, name, ending, content) {
  const file = `${name}-${createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase()}.${ending}`;
  await writeFile(path.join(folder, file), content);
  return file;
}
