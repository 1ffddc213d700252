// The contracts that ship, those of the ledger's tests and those of the labs' scripts: each `NAME.sol` has beside it, in `NAME.json`, what the compiler makes of
// it. `node contracts.mjs` writes those files anew.
import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const RULES = { evmVersion: "prague", optimizerRuns: 200 };

/** What the compiler makes of the contract of this name in this source. */
function compile(name, content) {
  const solc = createRequire(import.meta.url)("solc");
  const settings = {
    optimizer: { enabled: true, runs: RULES.optimizerRuns },
    evmVersion: RULES.evmVersion,
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
  };
  const file = `${name}.sol`;
  const { contracts, errors = [] } = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources: { [file]: { content } }, settings })));
  assert.deepEqual(errors.map((error) => error.formattedMessage), [], `${file} compiles without a word`);
  const { abi, evm } = contracts[file][name];
  return { compiler: solc.version(), ...RULES, abi, bytecode: `0x${evm.bytecode.object}` };
}

/** Folders with sources: those of the ledger, and the fixtures of labs. */
async function folders() {
  const labs = path.join(root, "content/labs");
  const ledger = ["contracts", "tests/contracts"].map((folder) => path.join(root, "crates/ledger", folder));
  return [...ledger, ...(await readdir(labs)).map((lab) => path.join(labs, lab, "fixtures"))];
}

async function* all() {
  for (const folder of await folders()) {
    for (const source of (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".sol"))) {
      const name = path.basename(source, ".sol");
      yield { source, built: compile(name, await readFile(path.join(folder, source), "utf8")), file: path.join(folder, `${name}.json`) };
    }
  }
}

/** Whether the compiler makes of every source what lies beside it. */
export async function reproduce() {
  let count = 0;
  for await (const { source, built, file } of all()) {
    assert.deepEqual(JSON.parse(await readFile(file, "utf8")), built, source);
    count++;
  }
  assert(count >= 2, `${count} sources were found`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for await (const { built, file } of all()) await writeFile(file, `${JSON.stringify(built, null, 1)}\n`);
}
