// Every proof with clients in Node: node run.mjs --url URL --token TOKEN --mllp PORT --ndjson FOLDER
import path from "node:path";
import { parseArgs } from "node:util";
import { accept, files } from "./accept_resources.mjs";
import { prove, sumUp } from "./proofs.mjs";
import { LABS, solve } from "./solve_labs.mjs";
import * as messages from "./send_messages.mjs";
import * as medplum from "./use_medplum.mjs";
import * as log from "./verify_log.mjs";
import * as chain from "./use_viem.mjs";
import * as contracts from "./contracts.mjs";
import * as openid from "./use_openid_client.mjs";

const text = { type: "string" };
const { values } = parseArgs({ options: { url: text, token: text, mllp: text, ndjson: text } });

for (const file of await files(values.ndjson)) {
  await prove(`fhir accepts ${path.basename(file, ".ndjson")}`, () => accept(file));
}
for (const lab of Object.keys(LABS)) {
  await prove(`fhir-kit-client solves ${lab}`, () => solve(values.url, values.token, lab));
}
for (const [name, work] of Object.entries(medplum.PROOFS)) {
  await prove(`@medplum/core ${name}`, () => medplum.prove(work, values.url, values.token));
}
for (const [name, work] of Object.entries(log.PROOFS)) {
  await prove(`@sigstore/verify ${name}`, () => log.prove(work, values.url, values.token));
}
for (const [name, work] of Object.entries(chain.PROOFS)) {
  await prove(`viem ${name}`, () => chain.prove(work, values.url, values.token));
}
await prove("solc makes the contracts that ship of their sources", contracts.reproduce);
for (const [name, work] of Object.entries(openid.PROOFS)) {
  await prove(`openid-client ${name}`, () => openid.prove(work, values.url, values.token));
}
for (const [name, work] of Object.entries(messages.PROOFS)) {
  await prove(name, () => messages.prove(work, values.url, values.token, Number(values.mllp)));
}
sumUp();
