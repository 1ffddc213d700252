// `openid-client` finds the identity provider by its issuer, registers, and is a backend service with a key of its own.
import assert from "node:assert/strict";
import * as client from "openid-client";
import { inSandbox } from "./practicum.mjs";

const SCOPE = "system/Patient.rs";

/** Runs one of the proofs below in a fresh hospital. */
export function prove(work, url, token) {
  return inSandbox(url, token, (sandbox) => work(new URL(`${url}/s/${sandbox.id}/auth`), sandbox, token));
}

export const PROOFS = {
  "discovers, registers and reads": discoversRegistersAndReads,
  "is refused by name": isRefusedByName,
};

/** Our hospital is reached without TLS, on this machine. */
const plain = { execute: [client.allowInsecureRequests] };

/** A backend service, registered with a key whose private half it keeps. */
async function service(issuer, token) {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-384" }, true, ["sign", "verify"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const said = {
    client_name: "Nightly report",
    token_endpoint_auth_method: "private_key_jwt",
    grant_types: ["client_credentials"],
    scope: SCOPE,
    jwks: { keys: [{ kty, crv, x, y, kid: "one" }] },
  };
  // SMART wants the assertion meant for the token endpoint; this client would mean it for the issuer.
  const assertion = {
    [client.modifyAssertion]: (header, claims) => {
      claims.aud = `${issuer}/token`;
    },
  };
  const proof = client.PrivateKeyJwt({ key: pair.privateKey, kid: "one" }, assertion);
  return client.dynamicClientRegistration(issuer, said, proof, { ...plain, initialAccessToken: token });
}

async function discoversRegistersAndReads(issuer, sandbox, token) {
  const config = await service(issuer, token);
  assert.equal(config.serverMetadata().token_endpoint, `${issuer}/token`);
  const tokens = await client.clientCredentialsGrant(config, { scope: SCOPE });
  assert.equal(tokens.scope, SCOPE);
  const ask = (path) => client.fetchProtectedResource(config, tokens.access_token, new URL(`${sandbox.fhir}/${path}`), "GET");
  const found = await (await ask("Patient?_count=2")).json();
  assert.equal(found.entry.length, 2);
  assert.equal((await ask("Condition")).status, 403);
}

async function isRefusedByName(issuer, _, token) {
  const config = await service(issuer, token);
  await assert.rejects(client.clientCredentialsGrant(config, { scope: "system/Condition.rs" }), { error: "invalid_scope" });
  await assert.rejects(client.refreshTokenGrant(config, "invented"), { error: "invalid_grant" });
}
