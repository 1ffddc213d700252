import { test } from "node:test";
import assert from "node:assert/strict";
import * as Y from "yjs";
import { caretAfter, difference } from "./difference.ts";
import { layout, lines } from "./layout.ts";
import { Model } from "./model.ts";

test("a change is found, and never parts a character", () => {
  assert.equal(difference("same", "same"), null);
  assert.deepEqual(difference("ac", "abc"), { at: 1, gone: 0, put: "b" });
  assert.deepEqual(difference("aaa", "aa"), { at: 2, gone: 1, put: "" });
  assert.deepEqual(difference("one two", "one 2"), { at: 4, gone: 3, put: "2" });
  // 🏥 and 🏦 share their first half.
  assert.deepEqual(difference("a🏥b", "a🏦b"), { at: 1, gone: 2, put: "🏦" });
  for (const [before, after] of [["", "x"], ["🏥🏥", "🏥"], ["abcabc", "abc"], ["x🏦", "🏦"]] as const) {
    const { at, gone, put } = difference(before, after)!;
    assert.equal(before.slice(0, at) + put + before.slice(at + gone), after);
  }
});

test("a caret stays where it was in the text", () => {
  const change = { at: 4, gone: 3, put: "12345" };
  assert.deepEqual([0, 4, 5, 7, 9].map((caret) => caretAfter(caret, change)), [0, 4, 9, 9, 11]);
});

test("things keep the order that people give them, and copies agree on it", () => {
  const [one, other] = [new Model(), new Model()];
  const meet = () => {
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc));
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc));
  };
  const [a, b, c] = [one.addCard("known"), one.addCard("known"), one.addCard("known")];
  assert.deepEqual(one.cards("known"), [a, b, c]);
  assert.ok(one.move("cards", c, -1, one.cards("known")));
  assert.deepEqual(one.cards("known"), [a, c, b]);
  assert.ok(!one.move("cards", a, -1, one.cards("known")));
  const d = one.addCard("known", a);
  assert.deepEqual(one.cards("known"), [a, d, c, b]);
  meet();
  one.toLane(a, "risk");
  other.move("cards", b, -1, other.cards("known"));
  const [e, f] = [one.addCard("risk"), other.addCard("risk")];
  meet();
  for (const lane of ["known", "risk"] as const) assert.deepEqual(one.cards(lane), other.cards(lane));
  assert.deepEqual(new Set(one.cards("risk")), new Set([a, e, f]));
});

test("with a step its arrows go, with a column its cells, and undo brings back what was one's own", () => {
  const model = new Model();
  const [a, b] = [model.addStep(), model.addStep()];
  assert.ok(model.connect(a, b));
  assert.ok(!model.connect(a, b));
  model.remove("steps", b);
  assert.equal(model.ids("links").length, 0);
  model.undo.undo();
  assert.deepEqual(model.links().map(({ from, to }) => [from, to]), [[a, b]]);
  const [column, row] = [model.addColumn("Who"), model.addRow()];
  model.set("rows", row, `cell-${column}`, "Ana");
  model.remove("columns", column);
  assert.equal(model.words("rows", row, `cell-${column}`), "");
});

test("steps stand to the right of what leads to them, and an arrow back moves nothing", () => {
  const links = [{ from: "a", to: "b" }, { from: "b", to: "c" }, { from: "c", to: "a" }, { from: "a", to: "c" }, { from: "d", to: "d" }];
  const { boxes } = layout(["a", "b", "c", "d"], links);
  const x = Object.fromEntries(boxes.map((box) => [box.id, box.x]));
  assert.ok(x["b"]! !== x["c"]! && new Set(boxes.map((box) => `${box.x} ${box.y}`)).size === 4);
  assert.equal(layout([], []).width, 0);
  const chain = layout(["a", "b", "c"], [{ from: "a", to: "b" }, { from: "b", to: "c" }, { from: "a", to: "c" }]).boxes.map((box) => box.x);
  assert.deepEqual(chain, [...chain].sort((one, other) => one - other));
  assert.ok(chain[2]! > chain[1]!);
  const worded = layout(["a", "b"], [{ from: "a", to: "b", when: "they differ" }]).boxes;
  assert.ok(worded[1]!.x - boxes.find((box) => box.id === "b")!.x >= 50, "words have room between two steps");
});

test("words are set in lines", () => {
  assert.deepEqual(lines("Print the label again", 10, 3), ["Print the", "label", "again"]);
  assert.deepEqual(lines("Print the label again", 10, 2), ["Print the", "label…"]);
  assert.deepEqual(lines("abcdefghijkl", 5, 3), ["abcde", "fghij", "kl"]);
});
