// The corridor of a ward at night: doors on both sides, rails, every second lamp, a niche with the workstation, the city at the end.
import type { Vec3 } from "../model.ts";
import { Shell, paint, type Paint } from "../light/shell.ts";
import type { Lamp, Lit } from "../light/bake.ts";
import { CART_BAY, DOORS, NICHE, ROOMS, type Box } from "../plan/house.ts";
import { CHART } from "../plan/stations.ts";
import { lamp, walls } from "./walls.ts";
import { doorFrame } from "./command-centre.ts";

const FLOOR = paint("#b9ad97", { gloss: 0.5, pattern: "vinyl" });
const BORDER = paint("#5f8279", { gloss: 0.5, pattern: "vinyl" });
const WALL_PAINT = paint("#ded7c8", { gloss: 0.1 });
const WAINSCOT = paint("#8fa79f", { gloss: 0.22 });
const CEILING = paint("#cfcabc", { pattern: "panels" });
const SKIRTING = paint("#4a5a55", { gloss: 0.3 });
const OAK = paint("#a98c6d", { gloss: 0.3, pattern: "wood" });
const DOOR = paint("#bd9f7d", { gloss: 0.26, pattern: "wood" });
const STEEL = paint("#a9b1ae", { gloss: 0.6 });
const BLACK = paint("#181c1d", { gloss: 0.4 });
const YELLOW = paint("#e0b13c", { gloss: 0.3 });
const WARM: Vec3 = [1, 0.85, 0.66];
const MOON: Vec3 = [0.5, 0.66, 0.95];

const room = (): Box => ROOMS.find((one) => one.id === "ward") ?? ROOMS[0]!;
const DOOR_XS = { north: [7.2, 9.9, 17.3, 20], south: [7.2, 13.2, 16, 18.8, 21.4] };

export const wardLamps = (): Lamp[] => [
  ...[7, 12.4, 17.8].map((x) => lamp([x, 2.66, 0], [0.6, 0.14], WARM, 2.1)),
  // Night lights at the foot of the walls, between the doors.
  ...[8.6, 11.3, 16.3, 18.7].map((x): Lamp => ({ at: [x, 0.32, -1.66], u: [0.12, 0, 0], v: [0, 0.03, 0], to: [0, -0.25, 0.97], colour: [0.06, 0.05, 0.034] })),
  ...[9.2, 14.6, 17.4, 20.1].map((x): Lamp => ({ at: [x, 0.32, 1.66], u: [0.12, 0, 0], v: [0, 0.03, 0], to: [0, -0.25, -0.97], colour: [0.06, 0.05, 0.034] })),
  lamp([14, 2.66, -2.8], [0.8, 0.1], WARM, 2),
  { at: [22.9, 1.6, 0], u: [0, 0, 1], v: [0, 0.7, 0], to: [-1, 0, 0], colour: [MOON[0] * 0.16, MOON[1] * 0.16, MOON[2] * 0.16] },
];

/** What of the counter keeps light away: a little less than it is, so that its own front is not in its shadow. */
const COUNTER: Box = { min: [CHART.min[0] + 0.06, 0, CHART.min[2] + 0.1], max: [CHART.max[0] - 0.06, CHART.max[1] - 0.06, CHART.max[2] - 0.08] };

export const wardLit = (): Lit => ({ lamps: wardLamps(), boxes: [COUNTER, { min: [12, 0, -3.6], max: [12.2, 2.7, -1.7] }, { min: [15.8, 0, -3.6], max: [16, 2.7, -1.7] }], ambient: [0.12, 0.115, 0.105] });

export function ward(): Shell {
  const shell = new Shell();
  const niche: Box = { min: [NICHE.min[0], 0, -1.75], max: [NICHE.max[0], 2.45, -1.65] };
  const window: Box = { min: [22.9, 0, -1.1], max: [23.1, 2.4, 1.1] };
  walls(shell, room(), { floor: FLOOR, wall: WALL_PAINT, ceiling: CEILING, skirting: SKIRTING }, { west: [DOORS[2]!], north: [niche], east: [window] });
  walls(shell, { min: NICHE.min, max: [NICHE.max[0], 2.45, NICHE.max[2]] }, { floor: BORDER, wall: WAINSCOT, ceiling: CEILING, skirting: SKIRTING }, {}, ["south"]);
  for (const z of [-1.69, 1.39]) shell.sheet([5, 0.003, z + 0.3], [18, 0, 0], [0, 0, -0.3], BORDER, 0.4);
  sides(shell);
  for (const x of DOOR_XS.north) door(shell, x, -1.7, 1);
  for (const x of DOOR_XS.south) door(shell, x, 1.7, -1);
  for (const it of wardLamps()) if (it.at[1] > 2) panel(shell, it);
  for (const it of wardLamps()) if (it.at[1] < 1) nightLight(shell, it);
  for (const x of [9.7, 15.1, 20.5]) shell.sheet([x - 0.6, 2.695, -0.14], [1.2, 0, 0], [0, 0, 0.28], paint("#8c8a80"), 1);
  counter(shell);
  doorFrame(shell, DOORS[2]!, 5.06);
  bay(shell);
  // The window's frame; the night behind it is a picture of its own.
  for (const z of [-1.1, -0.02, 1.06]) shell.box({ min: [22.9, 0.9, z], max: [22.98, 2.4, z + 0.04] }, OAK, { bevel: 0.006 });
  for (const y of [0.86, 2.36]) shell.box({ min: [22.86, y, -1.1], max: [23, y + 0.05, 1.1] }, OAK, { bevel: 0.006 });
  shell.sheet([23, 0, -1.1], [0, 0, 2.2], [0, 0.88, 0], WAINSCOT, 0.4);
  return shell;
}

/** Wainscot, rail and the line above it, between the doors. */
function sides(shell: Shell): void {
  const free = (gaps: readonly [number, number][]): [number, number][] => {
    const edges: [number, number][] = [];
    let from = 5.02;
    for (const [a, b] of [...gaps].sort((one, other) => one[0] - other[0])) {
      if (a - from > 0.2) edges.push([from, a]);
      from = b;
    }
    edges.push([from, 22.98]);
    return edges;
  };
  const doors = (xs: readonly number[]): [number, number][] => xs.map((x) => [x - 0.67, x + 0.67]);
  const rows = [
    { z: -1.7, inward: 1, spans: free([...doors(DOOR_XS.north), [NICHE.min[0], NICHE.max[0]]]) },
    { z: 1.7, inward: -1, spans: free(doors(DOOR_XS.south)) },
  ];
  for (const { z, inward, spans } of rows) {
    for (const [a, b] of spans) {
      const slab = (low: number, high: number, from: number, to: number): Box => ({ min: [a, low, Math.min(z + inward * from, z + inward * to)], max: [b, high, Math.max(z + inward * from, z + inward * to)] });
      shell.box(slab(0.1, 0.95, 0, 0.008), WAINSCOT, { bevel: 0, cell: 0.35, without: [inward === 1 ? "north" : "south", "bottom", "east", "west"] });
      shell.box(slab(0.86, 0.96, 0.05, 0.085), OAK, { bevel: 0.012, cell: 0.5 });
      for (let x = a + 0.3; x < b - 0.1; x += 1.1) shell.box({ ...slab(0.89, 0.93, 0.005, 0.055), min: [x, 0.89, slab(0, 0, 0.005, 0.055).min[2]], max: [x + 0.03, 0.93, slab(0, 0, 0.005, 0.055).max[2]] }, STEEL, { bevel: 0 });
    }
  }
}

/** A patient's door: frame, leaf, handle, a pane through which a little light comes, a lamp over it. */
function door(shell: Shell, x: number, z: number, inward: 1 | -1): void {
  const slab = (left: number, right: number, low: number, high: number, from: number, to: number): Box => ({ min: [x + left, low, Math.min(z + inward * from, z + inward * to)], max: [x + right, high, Math.max(z + inward * from, z + inward * to)] });
  for (const side of [-0.66, 0.58]) shell.box(slab(side, side + 0.08, 0, 2.14, -0.01, 0.045), OAK, { bevel: 0.006 });
  shell.box(slab(-0.66, 0.66, 2.14, 2.22, -0.01, 0.045), OAK, { bevel: 0.006 });
  shell.box(slab(-0.58, 0.58, 0.01, 2.14, -0.03, 0.015), DOOR, { bevel: 0.004, cell: 0.3 });
  const glow: Paint = { colour: [0.3, 0.22, 0.13], glows: true };
  shell.box(slab(0.24, 0.42, 1.1, 1.8, 0.012, 0.018), glow, { bevel: 0 });
  shell.box(slab(-0.5, -0.3, 1.0, 1.04, 0.04, 0.065), STEEL, { bevel: 0.008 });
  shell.box(slab(-0.58, 0.58, 0.02, 0.3, 0.012, 0.018), STEEL, { bevel: 0 });
  shell.box(slab(-0.06, 0.06, 2.3, 2.38, 0, 0.05), paint("#d7dcd8", { gloss: 0.3 }), { bevel: 0.012 });
}

function panel(shell: Shell, { at, u, v }: Lamp): void {
  const y = at[2] < -2 ? 2.445 : 2.695;
  shell.sheet([at[0] - u[0], y, at[2] - v[2]], [u[0] * 2, 0, 0], [0, 0, v[2] * 2], { colour: [1.9, 1.6, 1.2], glows: true }, 2);
}

function nightLight(shell: Shell, { at, to }: Lamp): void {
  const inward = Math.sign(to[2]);
  const z = at[2] - inward * 0.03;
  shell.box({ min: [at[0] - 0.12, at[1] - 0.03, Math.min(z, z + inward * 0.02)], max: [at[0] + 0.12, at[1] + 0.03, Math.max(z, z + inward * 0.02)] }, { colour: [1.5, 1.1, 0.65], glows: true }, { bevel: 0.004 });
}

/** The counter of the niche, with the workstation on it and shelves behind. */
function counter(shell: Shell): void {
  const { min, max } = CHART;
  shell.box({ min: [min[0], 0, min[2] + 0.05], max: [max[0], max[1] - 0.04, max[2] - 0.03] }, WAINSCOT, { bevel: 0.01, cell: 0.3 });
  shell.box({ min: [min[0] - 0.05, max[1] - 0.04, min[2]], max: [max[0] + 0.05, max[1], max[2] + 0.03] }, OAK, { bevel: 0.01, cell: 0.2 });
  shell.box({ min: [13.62, 1.16, -2.84], max: [14.38, 1.6, -2.81] }, BLACK, { bevel: 0.01, without: ["south"] });
  shell.box({ min: [13.97, 1.02, -2.87], max: [14.03, 1.3, -2.84] }, STEEL, { bevel: 0.006 });
  shell.box({ min: [13.78, 1.02, -2.68], max: [14.22, 1.038, -2.54] }, BLACK, { bevel: 0.006 });
  for (const y of [1.7, 2.05]) shell.box({ min: [12.4, y, -3.48], max: [15.6, y + 0.03, -3.24] }, OAK, { bevel: 0.006, cell: 0.4 });
  const spines = ["#4a6b63", "#8f4f3d", "#c9b27c", "#3d5877", "#7c8a85"];
  for (let place = 0; place < 34; place++) {
    const x = 12.5 + place * 0.088 + (place % 5) * 0.006;
    const y = place % 3 === 0 ? 1.73 : 2.08;
    shell.box({ min: [x, y, -3.45], max: [x + 0.055, y + 0.2 + (place % 4) * 0.015, -3.27] }, paint(spines[place % spines.length]!, { gloss: 0.1 }), { bevel: 0.003 });
  }
}

/** Where the cart belongs: a frame on the floor. */
function bay(shell: Shell): void {
  const [x0, , z0] = CART_BAY.min;
  const [x1, , z1] = CART_BAY.max;
  const stripe = (x: number, z: number, wide: number, deep: number): void => shell.sheet([x, 0.006, z + deep], [wide, 0, 0], [0, 0, -deep], YELLOW, 0.4);
  stripe(x0, z0, x1 - x0, 0.05);
  stripe(x0, z1 - 0.05, x1 - x0, 0.05);
  stripe(x0, z0, 0.05, z1 - z0);
  stripe(x1 - 0.05, z0, 0.05, z1 - z0);
}

export const WARD_DOORS = DOOR_XS;
