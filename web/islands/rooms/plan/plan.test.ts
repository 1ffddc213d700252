// Where things stand, where one can walk, and what a hand meets.
import { test } from "node:test";
import assert from "node:assert/strict";
import { network, plan, state } from "../small.ts";
import { ROOMS, roomAt, standing } from "./house.ts";
import { cabinets, hung, rackBox, racks } from "./racks.ts";
import { along, length, runs } from "./runs.ts";
import { canStand, ground, step } from "./walk.ts";
import { first, meets, thrown } from "./ray.ts";
import { deed, things } from "./things.ts";

test("racks stand in rows that face each other, and those of another room in the second", () => {
  const [a1, a2, b1, n1] = racks(network);
  assert.equal(a1?.front, 1);
  assert.equal(b1?.front, -1);
  assert.ok(Math.abs(a1!.at[0] - a2!.at[0] - 0.8) < 1e-9);
  assert.equal(roomAt(a1!.at)?.id, "machine");
  assert.equal(roomAt(n1!.at)?.id, "second");
});

test("nothing stands in anything else", () => {
  const boxes = [...racks(network).map(rackBox), ...cabinets(network).map((it) => it.box)];
  for (const [place, one] of boxes.entries()) {
    for (const other of boxes.slice(place + 1)) {
      const apart = [0, 1, 2].some((axis) => one.min[axis as 0]! >= other.max[axis as 0]! - 1e-9 || other.min[axis as 0]! >= one.max[axis as 0]! - 1e-9);
      assert.ok(apart, JSON.stringify([one, other]));
    }
  }
});

test("a cable leads from the front of one machine to the front of the other", () => {
  const all = runs(network);
  assert.equal(all.length, network.link.length);
  const things = new Map(hung(network).map((one) => [one.id, one]));
  for (const run of all) {
    const link = network.link[run.link]!;
    const near = (point: readonly number[], id: string) => Math.hypot(...[0, 1, 2].map((axis) => point[axis]! - things.get(id)!.at[axis as 0]!));
    assert.ok(near(run.points[0]!, link.from) < 0.4, link.from);
    assert.ok(near(run.points[run.points.length - 1]!, link.to) < 0.4, link.to);
  }
  const run = all[0]!;
  assert.deepEqual(along(run.points, 0), run.points[0]);
  assert.deepEqual(along(run.points, length(run.points) + 1), run.points[run.points.length - 1]);
});

test("one can stand in every room and walk from the second to the ward, and not through a wall", () => {
  const on = ground(network, plan.roles);
  for (const room of ROOMS) assert.ok(canStand(on, room.stand), room.id);
  assert.ok(!canStand(on, racks(network)[0]!.at));
  assert.ok(!canStand(on, [40, 0, 0]));
  const walls = step(on, [4.7, 0, 3], [0.3, 0.1]);
  assert.deepEqual(walls, [4.7, 0, 3.1], "one slides along a wall");
  // A flood over the floor: from the first room one reaches all.
  const key = ([x, , z]: readonly number[]) => `${Math.round(x! * 4)} ${Math.round(z! * 4)}`;
  const seen = new Set<string>();
  const next = [[...ROOMS[2]!.stand] as [number, number, number]];
  while (next.length) {
    const here = next.pop()!;
    if (seen.has(key(here)) || !canStand(on, here)) continue;
    seen.add(key(here));
    for (const [dx, dz] of [[0.25, 0], [-0.25, 0], [0, 0.25], [0, -0.25]] as const) next.push([here[0] + dx, 0, here[2] + dz]);
  }
  for (const x of [-16.5, -6, 14, 20]) assert.ok([...seen].some((at) => Math.abs(Number(at.split(" ")[0]) / 4 - x) < 0.5), `x = ${x}`);
});

test("a ray meets what is in front of it, nearest first, and nothing behind", () => {
  const ray = { from: [0, 1, 0] as const, to: [1, 0, 0] as const };
  const boxes = [5, 3, -3].map((x) => ({ box: standing([x, 0, 0], [1, 2, 1]) }));
  assert.equal(first(ray, boxes)?.metres, 2.5);
  assert.equal(meets(ray, standing([0, 1.5, 3], [9, 1, 1])), Infinity);
  assert.equal(first(ray, boxes, 2), undefined);
  const { land } = thrown({ from: [0, 1.2, 0], to: [Math.SQRT1_2, Math.SQRT1_2, 0] });
  assert.ok(land && land[0] > 4 && land[0] < 7 && land[1] === 0, String(land));
});

test("every command is found at exactly one kind of thing, and the hand gives the first that can be given", () => {
  const all = things(plan, state);
  for (const command of state.commands) {
    const at = all.filter((thing) => thing.commands.some((one) => one.id === command.id));
    assert.ok(at.length >= 1, command.id);
  }
  const cable = all.find((thing) => thing.id === "cable:host-b")!;
  assert.equal(deed(cable)?.id, "cut");
  assert.equal(deed(all.find((thing) => thing.id === "cart")!), undefined);
  assert.match(all.find((thing) => thing.id === "host-b")!.says.join(" "), /infected/);
});
