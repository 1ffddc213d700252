// HL7 v2 senders talk to a system of a hospital of their own: `node-hl7-client` and `@medplum/hl7`.
import assert from "node:assert/strict";
import { Hl7Message } from "@medplum/core";
import { Hl7Client } from "@medplum/hl7";
import { Client, Message } from "node-hl7-client";
import { inSandbox } from "./practicum.mjs";

const HOST = "127.0.0.1";
const WAIT_MS = 30_000;

/** Runs one of the proofs below against a fresh hospital. */
export function prove(work, url, token, port) {
  return inSandbox(url, token, (sandbox) => work(sandbox, port));
}

export const PROOFS = {
  "node-hl7-client is acknowledged and refused": nodeHl7Client,
  "@medplum/hl7 is acknowledged and refused": medplumHl7,
};

/** A message that a registration sends when something about a person changed. */
function personChanged(sandbox, number, mrn = "100200") {
  return [
    String.raw`MSH|^~\&|REG|MERCY|LIS|${sandbox.id}|20260301081500||ADT^A31^ADT_A05|${number}|P|2.5.1||||||UNICODE UTF-8`,
    "EVN||20260301081500",
    `PID|1||${mrn}^^^MERCY^MR||Tamm^Õie^^^^^L||19870203|F`,
    "PV1|1|N",
  ].join("\r");
}

async function nodeHl7Client(sandbox, port) {
  const client = new Client({ host: HOST, version: "2.5.1" });
  let heard;
  const connection = client.createConnection({ port }, (answer) => heard(answer.getMessage()));
  const send = async (text) => {
    const answered = new Promise((resolve, reject) => {
      heard = resolve;
      setTimeout(() => reject(new Error(`no acknowledgement within ${WAIT_MS} ms`)), WAIT_MS).unref();
    });
    await connection.sendMessage(new Message({ text }));
    const answer = await answered;
    return [answer.get("MSA.1").toString(), answer.get("MSA.2").toString()];
  };
  try {
    assert.deepEqual(await send(personChanged(sandbox, 1)), ["AA", "1"]);
    assert.deepEqual(await send(personChanged(sandbox, 2, "")), ["AE", "2"]);
  } finally {
    await connection.close();
  }
}

async function medplumHl7(sandbox, port) {
  const client = new Hl7Client({ host: HOST, port });
  const send = async (text) => {
    const answer = (await client.sendAndWait(Hl7Message.parse(text))).getSegment("MSA");
    return [answer.getComponent(1, 1), answer.getComponent(2, 1)];
  };
  try {
    assert.deepEqual(await send(personChanged(sandbox, 3)), ["AA", "3"]);
    assert.deepEqual(await send(personChanged(sandbox, 4, "")), ["AE", "4"]);
    assert.deepEqual(await send(personChanged({ id: "nosuchsb" }, 5)), ["AR", "5"]);
  } finally {
    await client.close();
  }
}
