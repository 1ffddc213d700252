// The network on a table: everything stands, apart from everything else, and a message goes from cable to cable.
import { test } from "node:test";
import assert from "node:assert/strict";
import { network } from "../small.ts";
import { distance } from "../plan/runs.ts";
import { bows, course, nodes } from "./layout.ts";

test("every machine and switch stands on the table, apart from the others", () => {
  const all = nodes(network);
  assert.deepEqual(all.map((one) => one.id).sort(), [...network.host, ...network.switch].map((one) => one.id).sort());
  for (const [place, one] of all.entries()) for (const other of all.slice(place + 1)) assert.ok(distance(one.at, other.at) > 0.08, `${one.id} ${other.id}`);
  assert.equal(bows(network, all).length, network.link.length);
});

test("a message goes from stop to stop without a jump", () => {
  const all = nodes(network);
  const at = (id: string) => all.find((one) => one.id === id)!.at;
  const way = course(network, bows(network, all), ["host-b", "host-n"], [1, 2, 3]);
  assert.deepEqual(way[0], at("host-b"));
  assert.deepEqual(way[way.length - 1], at("host-n"));
  for (let place = 1; place < way.length; place++) assert.ok(distance(way[place]!, way[place - 1]!) < 0.12, `${place}`);
});
