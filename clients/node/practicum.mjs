// A learner's side of Practicum's API: attempts at labs, and hospitals without one. What is FHIR goes through clients.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "fhir-kit-client";

const CHECKS_GREEN_WITHIN_MS = 30_000;

/** One try at a lab, with a hospital of its own. */
export class Attempt {
  #url;
  #token;

  static async begin(url, token, lab) {
    const attempt = new Attempt();
    attempt.#url = url;
    attempt.#token = token;
    const begun = await attempt.#call("POST", "/api/attempts", { lab });
    attempt.id = begun.id;
    attempt.now = begun.virtual_now;
    attempt.brief = plain(begun.brief);
    attempt.client = new Client({ baseUrl: begun.fhir, bearerToken: token });
    return attempt;
  }

  /** What the brief says where a pattern's groups stand. */
  told(pattern) {
    const found = this.brief.match(pattern);
    assert(found, `the brief does not say ${pattern}: ${this.brief}`);
    return found.slice(1);
  }

  /** Puts a changed resource back, guarded by the version it was read at. */
  async update(resource) {
    const headers = { "If-Match": `W/"${resource.meta.versionId}"` };
    return this.client.update({ resourceType: resource.resourceType, id: resource.id, body: resource, options: { headers } });
  }

  /** Answers a question of the lab. */
  async answer(check, value) {
    await this.#call("POST", `/api/attempts/${this.id}/answers`, { check, value });
  }

  /** The checks turn green by themselves; nobody asks for them. An error names those that did not. */
  async waitUntilFinished() {
    const deadline = Date.now() + CHECKS_GREEN_WITHIN_MS;
    let attempt;
    while (Date.now() < deadline) {
      attempt = await this.#call("GET", `/api/attempts/${this.id}`);
      if (attempt.state === "finished") return;
      await sleep(200);
    }
    assert.fail(`not finished after ${CHECKS_GREEN_WITHIN_MS / 1000} s: ${JSON.stringify(attempt.steps)}`);
  }

  #call(method, path, body) {
    return call(this.#url, this.#token, method, path, body);
  }
}

/** Does `work` in a hospital of one's own, which is untouched at the start and gone at the end. */
export async function inSandbox(url, token, work) {
  const sandbox = await call(url, token, "POST", "/api/sandboxes", {});
  try {
    await work(sandbox);
  } finally {
    await call(url, token, "DELETE", `/api/sandboxes/${sandbox.id}`);
  }
}

/** One request to the JSON API; a refusal is an error. */
async function call(url, token, method, path, body) {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const answer = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  assert(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

/** The brief as one line of plain text. */
function plain(markdown) {
  return markdown.replace(/\\([^\w\s])/g, "$1").replaceAll("**", "").split(/\s+/).join(" ");
}
