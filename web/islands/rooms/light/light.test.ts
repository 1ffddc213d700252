// Light that is reckoned, and what rooms are made of.
import { test } from "node:test";
import assert from "node:assert/strict";
import { standing } from "../plan/house.ts";
import { blocked, light, type Lit } from "./bake.ts";
import { Shell, paint } from "./shell.ts";

const room: Lit = { lamps: [{ at: [0, 3, 0], u: [0.5, 0, 0], v: [0, 0, 0.5], to: [0, -1, 0], colour: [1, 0.5, 0.25] }], boxes: [], ambient: [0, 0, 0] };
const UP = [0, 1, 0] as const;

test("what is nearer to a lamp is brighter, in the lamp's colour, and what looks away is dark", () => {
  const [r, g, b] = light([0, 0, 0], UP, room);
  assert.ok(r > light([2, 0, 0], UP, room)[0]);
  assert.ok(Math.abs(g / r - 0.5) < 1e-6 && Math.abs(b / r - 0.25) < 1e-6);
  assert.deepEqual(light([0, 0, 0], [0, -1, 0], room), [0, 0, 0]);
  assert.deepEqual(light([0, 4, 0], UP, room), [0, 0, 0]);
});

test("what stands in the way throws a shadow, and what stands near takes light from a corner", () => {
  const table = standing([0, 1, 0], [2, 0.1, 2]);
  assert.equal(light([0, 0, 0], UP, { ...room, boxes: [table] })[0], 0);
  assert.ok(light([5, 0, 0], UP, { ...room, boxes: [table] })[0] > 0);
  const open: Lit = { lamps: [], boxes: [], ambient: [1, 1, 1] };
  const wall = standing([0.1, 0, 0], [0.02, 3, 3]);
  assert.equal(light([0, 0, 0], UP, open)[0], 1);
  assert.ok(light([0, 0, 0], UP, { ...open, boxes: [wall] })[0] < 0.8);
  assert.ok(!blocked([0, 0, 0], [1, 0, 0], 1, [standing([2, -1, 0], [1, 2, 1])]), "it stands behind the end");
});

test("every triangle is seen from the side that its corners look to", () => {
  const shell = new Shell();
  shell.placed([3, 0, 1], 0.7, () => shell.box(standing([0, 0, 0], [1, 2, 0.5]), paint("#ffffff")));
  shell.pipe([[0, 0, 0], [0, 1, 0], [1, 1, 0]], 0.1, paint("#808080"));
  const at = (of: number[], corner: number) => of.slice(corner * 3, corner * 3 + 3) as [number, number, number];
  for (let place = 0; place < shell.triangles.length; place += 3) {
    const [a, b, c] = shell.triangles.slice(place, place + 3).map((corner) => at(shell.positions, corner)) as [number, number, number][] & { 0: number[]; 1: number[]; 2: number[] };
    const [u, v] = [b!.map((x, axis) => x - a![axis]!), c!.map((x, axis) => x - a![axis]!)];
    const normal = [u![1]! * v![2]! - u![2]! * v![1]!, u![2]! * v![0]! - u![0]! * v![2]!, u![0]! * v![1]! - u![1]! * v![0]!];
    const said = at(shell.normals, shell.triangles[place]!);
    const dot = normal[0]! * said[0] + normal[1]! * said[1] + normal[2]! * said[2];
    assert.ok(dot > 0, `triangle ${place / 3}`);
  }
  assert.equal(shell.lit(room).length, shell.paints.length * 3);
});
