import test from "node:test";
import assert from "node:assert/strict";
import { address, mediaOf, updateOf, type ConsoleAnswer } from "./request.ts";
import { findingsOf, validationOf, verdictOf } from "./validation.ts";
import { History, type Entry, type Shelf } from "./history.ts";

test("a path is joined to the base however it was typed", () => {
  const base = "/s/q3fzm2ka/fhir";
  for (const [path, expected] of [
    ["Patient", "/s/q3fzm2ka/fhir/Patient"],
    ["/Patient/a1", "/s/q3fzm2ka/fhir/Patient/a1"],
    ["  Patient?name=x ", "/s/q3fzm2ka/fhir/Patient?name=x"],
    ["/s/q3fzm2ka/fhir/metadata", "/s/q3fzm2ka/fhir/metadata"],
    ["?_page=2", "/s/q3fzm2ka/fhir?_page=2"],
    ["", "/s/q3fzm2ka/fhir"],
    ["//elsewhere.example/x", "/s/q3fzm2ka/fhir/elsewhere.example/x"],
  ] as const) {
    assert.equal(address(base, path), expected);
  }
});

test("a patch is sent as a patch, all else as FHIR", () => {
  assert.equal(mediaOf("PATCH"), "application/json-patch+json");
  for (const method of ["POST", "PUT"]) assert.equal(mediaOf(method), "application/fhir+json");
});

const answer = (status: number, body: string): ConsoleAnswer => ({ status, statusText: "", headers: [["etag", 'W/"3"']], body, ms: 1 });

test("a resource that was read can be written back with its version", () => {
  const body = '{"resourceType":"Patient","id":"a1","active":true}';
  assert.deepEqual(updateOf(answer(200, body)), { method: "PUT", path: "Patient/a1", headers: { "If-Match": 'W/"3"' }, body });
  assert.equal(updateOf(answer(200, '{"resourceType":"Bundle","id":"x"}')), null);
  assert.equal(updateOf(answer(404, body)), null);
  assert.equal(updateOf(answer(200, "null")), null);
  assert.equal(updateOf(answer(200, "not json")), null);
});

test("a resource is validated at its own type, against a profile where one is named", () => {
  const text = '{"resourceType":"Patient"}';
  assert.equal(validationOf(text, "")?.path, "Patient/$validate");
  assert.equal(validationOf(text, " http://x.example/p ")?.path, "Patient/$validate?profile=http%3A%2F%2Fx.example%2Fp");
  for (const none of ["", "[]", "null", '{"resourceType":"../x"}', "{"]) assert.equal(validationOf(none, ""), null, none);
});

test("an outcome is read line by line and summed up", () => {
  const issue = (severity: string) => ({ severity, diagnostics: "words", expression: ["Patient.name"] });
  const outcome = (...severities: string[]) => JSON.stringify({ resourceType: "OperationOutcome", issue: severities.map(issue) });
  for (const [severities, verdict] of [
    [["information"], "Valid"],
    [["warning", "information"], "Valid, with 1 warning"],
    [["error"], "Not valid: 1 error"],
    [["error", "fatal", "warning"], "Not valid: 2 errors, 1 warning"],
  ] as const) assert.equal(verdictOf(findingsOf(outcome(...severities))!), verdict);
  assert.deepEqual(findingsOf(outcome("error")), [{ severity: "error", words: "words", path: "Patient.name" }]);
  assert.equal(findingsOf('{"resourceType":"Patient"}'), null);
  assert.equal(findingsOf("no"), null);
});

function shelf(start?: string): Shelf & { value: string | null } {
  return {
    value: start ?? null,
    getItem() { return this.value; },
    setItem(_key, value) { this.value = value; },
    removeItem() { this.value = null; },
  };
}

const entry = (path: string, at: number): Entry => ({ method: "GET", path, headers: {}, body: "", at, status: 200 });

test("history is newest first, without doubles, bounded, and survives a spoiled shelf", () => {
  const history = new History(shelf(), "s");
  for (let at = 0; at < 60; at += 1) history.add(entry(`Patient/${at}`, at));
  assert.equal(history.all().length, 50);
  history.add(entry("Patient/30", 99));
  assert.deepEqual([history.all()[0]?.path, history.all()[0]?.at], ["Patient/30", 99]);
  assert.equal(history.all().filter((it) => it.path === "Patient/30").length, 1);
  history.clear();
  assert.deepEqual(history.all(), []);
  assert.deepEqual(new History(shelf("{not json"), "s").all(), []);
  assert.deepEqual(new History(shelf('[{"method":1},null]'), "s").all(), []);
});

test("a shelf that refuses to store loses nothing but the history", () => {
  const full: Shelf = { ...shelf(), setItem() { throw new Error("full"); } };
  assert.doesNotThrow(() => new History(full, "s").add(entry("Patient", 1)));
});
