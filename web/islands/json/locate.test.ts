import test from "node:test";
import assert from "node:assert/strict";
import { locate } from "./locate.ts";

const TEXT = `{
  "resourceType": "Observation",
  "name": [{"family": "A"}, {"given": ["B", "C"], "family": "D"}],
  "valueQuantity": {"value": 1.50, "unit": "mg"},
  "status": "final"
}`;

test("a path leads to its member, to an item of a list, or as far as it can be followed", () => {
  const cases: Array<[path: string, words: string, whole: boolean]> = [
    ["Observation", "{", true],
    ["Observation.status", '"status"', true],
    ["Observation.name[1].family", '"family"', true],
    ["Observation.name[1].given[1]", '"C"', true],
    ["Observation.name.family", '"family"', true],
    ["Observation.value.unit", '"unit"', true],
    ["Observation.valueQuantity.value", '"value"', true],
    ["Observation.name[7]", '"name"', false],
    ["Observation.code", "{", false],
    ["Observation.name[0].extension('http://x.example/y').value", "{", false],
    ["Observation.status.extension", '"status"', false],
  ];
  for (const [path, words, whole] of cases) {
    const spot = locate(TEXT, path);
    assert.ok(spot, path);
    assert.equal(TEXT.slice(spot.start, spot.end), words, path);
    assert.equal(spot.whole, whole, path);
  }
  assert.equal(TEXT.indexOf('"family": "D"'), locate(TEXT, "Observation.name[1].family")?.start);
  assert.equal(locate("{", "Observation"), null);
});
