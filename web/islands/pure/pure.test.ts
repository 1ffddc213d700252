import test from "node:test";
import assert from "node:assert/strict";
import { relative } from "./relative.ts";
import { hospitalTime } from "./hospital-time.ts";
import { dragged, stepped, withWindow } from "./image-window.ts";
import { matches } from "./matches.ts";
import { Recent } from "./recent.ts";
import { lines, output } from "./solidity.ts";

test("a moment is told from where the reader stands", () => {
  const now = Date.UTC(2031, 2, 4, 7, 0, 0);
  for (const [secondsAgo, expected] of [
    [3, "just now"],
    [45, "45 seconds ago"],
    [60, "1 minute ago"],
    [3 * 3600, "3 hours ago"],
    [-7200, "in 2 hours"],
    [86_400, "yesterday"],
    [400 * 86_400, "last year"],
  ] as const) {
    assert.equal(relative(now - secondsAgo * 1000, now), expected);
  }
});

test("the hospital's clock runs at its own rate and takes its text as it stands", () => {
  assert.equal(hospitalTime("2031-03-04T06:52:00", 60, 1000)?.toISOString(), "2031-03-04T06:53:00.000Z");
  assert.equal(hospitalTime("2031-03-04T06:52:00Z", 0, 5000)?.toISOString(), "2031-03-04T06:52:00.000Z");
  assert.equal(hospitalTime("teatime", 1, 0), null);
});

test("a filter asks for every word, in any order, without case or accents", () => {
  assert.ok(matches("Sørensen, Tomás 0041877", "TOMAS 0041"));
  assert.ok(matches("anything", "  "));
  assert.ok(!matches("Marsh, D.", "marsh x"));
});

test("tried expressions are newest first, without doubles and without the steps of typing them", () => {
  const shelf = { value: null as string | null, getItem() { return this.value; }, setItem(_key: string, value: string) { this.value = value; }, removeItem() { this.value = null; } };
  const recent = new Recent(shelf, "s");
  for (const expression of ["na", "name", "name.family", "id", ""]) recent.add({ expression, resource: "Patient/a" });
  assert.deepEqual(recent.all().map((it) => it.expression), ["id", "name.family"]);
  recent.add({ expression: "name.family", resource: "Patient/a" });
  assert.deepEqual(recent.all().map((it) => it.expression), ["name.family", "id"]);
  for (let at = 0; at < 40; at += 1) recent.add({ expression: `${at} + 1`, resource: "Patient/a" });
  assert.equal(recent.all().length, 20);
  recent.clear();
  assert.deepEqual(recent.all(), []);
  assert.deepEqual(new Recent({ ...shelf, getItem: () => "[{\"expression\":1},null]" }, "s").all(), []);
});

test("dragging changes a window, wide ones faster, and pictures end at the first and the last", () => {
  assert.deepEqual(dragged({ center: 40, width: 80 }, 10, -5), { center: 35, width: 90 });
  assert.deepEqual(dragged({ center: 0, width: 2560 }, 1, 1), { center: 10, width: 2570 });
  assert.equal(dragged({ center: 0, width: 5 }, -50, 0).width, 1);
  assert.deepEqual([stepped(1, -1, 8), stepped(3, 1, 8), stepped(8, 1, 8)], [1, 4, 8]);
  assert.equal(withWindow("/a", { center: 40, width: 80 }), "/a?window=40,80");
  assert.equal(withWindow("/a", undefined), "/a");
});

test("what the compiler says becomes contracts and complaints", () => {
  const abi = [{ type: "function", name: "has" }];
  const contract = (object: string) => ({ abi, evm: { bytecode: { object } } });
  const said = JSON.stringify({
    errors: [{ severity: "warning", formattedMessage: "Unused.\n" }, { severity: "error", message: "Broken." }],
    contracts: { "contract.sol": { Register: contract("6001"), OnlyAnInterface: contract("") } },
  });
  const { contracts, complaints } = output(said);
  assert.deepEqual([...contracts], [["Register", { abi, bytecode: "0x6001" }]]);
  assert.deepEqual(complaints, [{ severe: false, text: "Unused." }, { severe: true, text: "Broken." }]);
  assert.equal(output("out of memory").complaints[0]?.severe, true);
  assert.deepEqual(output("{}"), { contracts: new Map(), complaints: [] });
});

test("arguments stand one a line, and an empty one in between counts", () => {
  assert.deepEqual(lines(""), []);
  assert.deepEqual(lines("@9\n 3 \n\n"), ["@9", "3"]);
  assert.deepEqual(lines("\nb"), ["", "b"]);
});
