import test from "node:test";
import assert from "node:assert/strict";
import { scan } from "./scan.ts";
import { layOut, pretty } from "./print.ts";

test("a fault says where and what", () => {
  const cases: Array<[text: string, line: number, column: number, message: RegExp]> = [
    ["", 1, 1, /ends where a value/],
    ['{"a": 1,}', 1, 9, /comma before }/],
    ['{"a": 1\n "b": 2}', 2, 2, /Expected , or }/],
    ["{'a': 1}", 1, 2, /double quotes/],
    ['{"a": 01}', 1, 7, /Not a JSON value/],
    ['{"a": NaN}', 1, 7, /Not a JSON value/],
    ['{"a": "b\n"}', 1, 7, /not closed/],
    ['{"a": 1, "a": 2}', 1, 10, /given twice/],
    ['{"a": {"b": [1, 2}', 1, 18, /Expected , or ]/],
    ['{"a"', 1, 5, /Expected : after/],
    ['{"a": 1', 1, 8, /not closed/],
    ["[1] x", 1, 5, /after the end/],
    ["[".repeat(200), 1, 102, /deeper/],
  ];
  for (const [text, line, column, message] of cases) {
    const { fault } = scan(text);
    assert.ok(fault, text);
    assert.deepEqual([fault.line, fault.column], [line, column], `${text}: ${fault.message}`);
    assert.match(fault.message, message);
  }
});

test("whatever JSON.parse takes is taken, and printing changes only white space", () => {
  for (const text of ['{"value":1.50,"big":123456789012345678901234567890,"e":1E+2}', "[]", "{}", '[{},[],"\\u00e9\\"",null,true,-0.0]', ' "x" ']) {
    assert.equal(scan(text).fault, null, text);
    assert.deepEqual(JSON.parse(pretty(text)), JSON.parse(text));
    assert.equal(pretty(text).replace(/\s/g, ""), text.replace(/\s/g, ""));
  }
});

test("layout is two spaces a level and empty brackets stay together", () => {
  assert.equal(pretty('{"a":[1,{"b":[]}],"c":{}}'), '{\n  "a": [\n    1,\n    {\n      "b": []\n    }\n  ],\n  "c": {}\n}');
});

test("a string knows its member name", () => {
  const piece = layOut('{"subject":{"reference":"Patient/a1"}}')?.find((it) => it.kind === "string");
  assert.deepEqual(piece, { text: '"Patient/a1"', kind: "string", key: "reference" });
});
