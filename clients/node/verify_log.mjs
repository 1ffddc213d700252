// `@sigstore/verify` judges the transparency log: it checks the tree of RFC 6962 and signed checkpoints for software releases.
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { createRequire } from "node:module";
import { inSandbox } from "./practicum.mjs";

const require = createRequire(import.meta.url);
const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint.js");
const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle.js");

/** What precedes the 32 bytes of an Ed25519 key in the form that Node reads (RFC 8410). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** Runs one of the proofs below in a fresh hospital. */
export function prove(work, url, token) {
  return inSandbox(url, token, async ({ id }) => {
    const ask = async (path, body) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const method = body ? "POST" : "GET";
      const answer = await fetch(`${url}/s/${id}${path}`, { method, headers, body: body && JSON.stringify(body) });
      assert(answer.ok, `${path}: ${answer.status}`);
      return Buffer.from(await answer.arrayBuffer());
    };
    for (let count = 0; count < 20; count++) await ask("/fhir/Patient?_count=1");
    await work(ask);
  });
}

export const PROOFS = {
  "accepts the entries of the log": acceptsEntries,
  "refuses what was altered": refusesAltered,
  "refuses an edited archive": refusesEditedArchive,
};

async function keyOf(ask) {
  const { key } = JSON.parse(await ask("/log"));
  const [name, id, encoded] = key.split(/\+(?=[0-9a-f]{8}\+)|(?<=\+[0-9a-f]{8})\+/);
  const raw = Buffer.from(encoded, "base64").subarray(1);
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
  return { baseURL: name, logID: Buffer.from(id, "hex"), publicKey };
}

/** An entry with its proof, in the shape in which Sigstore has them. */
async function fetchEntry(ask, index) {
  const canonicalizedBody = await ask(`/log/entries/${index}`);
  const text = (await ask(`/log/proofs/${index}`)).toString();
  const [head, ...rest] = text.split("\n\n");
  const [, place, ...hashes] = head.split("\n");
  const inclusionProof = {
    logIndex: place.slice("index ".length),
    hashes: hashes.map((hash) => Buffer.from(hash, "base64")),
    checkpoint: { envelope: rest.join("\n\n") },
  };
  return { canonicalizedBody, inclusionProof };
}

function judge(entry, log) {
  verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
}

async function acceptsEntries(ask) {
  const log = await keyOf(ask);
  const { size } = JSON.parse(await ask("/log"));
  assert(size >= 20, `only ${size} entries`);
  for (let index = 0; index < size; index++) judge(await fetchEntry(ask, index), log);
}

async function refusesAltered(ask) {
  const log = await keyOf(ask);
  const alter = [
    (entry) => (entry.canonicalizedBody[50] ^= 1),
    ({ inclusionProof }) => (inclusionProof.hashes[1][7] ^= 1),
    ({ inclusionProof }) => inclusionProof.hashes.pop(),
    ({ inclusionProof }) => (inclusionProof.logIndex = "6"),
    ({ inclusionProof: { checkpoint } }) => (checkpoint.envelope = checkpoint.envelope.replace(/\n(\d+)\n/, "\n99\n")),
    ({ inclusionProof: { checkpoint } }) => (checkpoint.envelope = checkpoint.envelope.split("\n\n")[0]),
  ];
  for (const change of alter) {
    const entry = await fetchEntry(ask, 5);
    judge(entry, log);
    change(entry);
    assert.throws(() => judge(entry, log), `${change}`);
  }
}

async function refusesEditedArchive(ask) {
  const log = await keyOf(ask);
  await ask("/log/entries/4", { actor: "somebody else" });
  judge(await fetchEntry(ask, 3), log);
  const edited = await fetchEntry(ask, 4);
  assert.throws(() => judge(edited, log));
}
