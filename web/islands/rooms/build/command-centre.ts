// The command centre: a wall of state, desks on an arc before it, warm light on the desks and little elsewhere, as at night.
import type { Role, Vec3 } from "../model.ts";
import { Shell, paint } from "../light/shell.ts";
import type { Lamp, Lit } from "../light/bake.ts";
import { DESK, DOORS, ROOMS, WALL, type Box } from "../plan/house.ts";
import { TELEPHONE, deskBox, desks } from "../plan/stations.ts";
import { lamp, walls } from "./walls.ts";

const CARPET = paint("#5f6664", { pattern: "weave" });
const WALL_PAINT = paint("#8b9490", { gloss: 0.08 });
const CEILING = paint("#5a5f5d", { pattern: "panels" });
const SKIRTING = paint("#1e2524", { gloss: 0.2 });
const OAK = paint("#a58a6c", { gloss: 0.3, pattern: "wood" });
const OAK_DARK = paint("#7d664f", { gloss: 0.22, pattern: "wood" });
const BLACK = paint("#262c2e", { gloss: 0.45 });
const STEEL = paint("#8e9896", { gloss: 0.5 });
const FABRIC = paint("#4b6b65", { pattern: "weave" });
const TEAL = paint("#0f6b5d", { gloss: 0.2 });
const WARM: Vec3 = [1, 0.83, 0.62];

const room = (): Box => ROOMS.find((one) => one.id === "centre") ?? ROOMS[0]!;

export function centreLamps(roles: readonly Role[]): Lamp[] {
  const over = desks(roles).map((desk) => lamp([desk.at[0], 2.35, desk.at[2] + 0.1], [0.42, 0.05], WARM, 1.9));
  const wash = [-3, -1, 1, 3].map((x) => lamp([x, 3.12, 3.55], [0.6, 0.05], WARM, 1.9));
  // The screen shines too, cool and wide, onto the carpet before it.
  const screen: Lamp = { at: [WALL.at[0], WALL.at[1], -3.8], u: [WALL.width / 2, 0, 0], v: [0, WALL.height / 2, 0], to: [0, 0, 1], colour: [0.5, 0.7, 0.7] };
  const door = lamp([4.4, 3.12, 0], [0.06, 0.6], WARM, 2);
  return [...over, ...wash, screen, door];
}

export function centreLit(roles: readonly Role[]): Lit {
  const boxes = [...desks(roles).map((desk) => ({ min: [deskBox(desk).min[0], 0.68, deskBox(desk).min[2]], max: deskBox(desk).max }) as Box), TELEPHONE];
  return { lamps: centreLamps(roles), boxes, ambient: [0.17, 0.168, 0.162] };
}

export function commandCentre(roles: readonly Role[]): Shell {
  const shell = new Shell();
  walls(shell, room(), { floor: CARPET, wall: WALL_PAINT, ceiling: CEILING, skirting: SKIRTING }, { east: [DOORS[2]!] }, ["west"]);
  glassFrames(shell);
  slats(shell);
  const { at, width, height } = WALL;
  shell.box({ min: [at[0] - width / 2 - 0.07, at[1] - height / 2 - 0.07, -4], max: [at[0] + width / 2 + 0.07, at[1] + height / 2 + 0.07, at[2] - 0.012] }, BLACK, { bevel: 0.02 });
  shell.box({ min: [at[0] - width / 2 - 0.4, 0.32, -4], max: [at[0] + width / 2 + 0.4, 0.38, -3.86] }, OAK_DARK, { bevel: 0.008 });
  for (const desk of desks(roles)) shell.placed(desk.at, desk.turn, () => oneDesk(shell));
  for (const it of centreLamps(roles).filter((one) => one.at[1] > 2 && one.at[2] < 3 && one.u[0] > 0.1)) pendant(shell, it);
  stand(shell);
  // A strip of light in the cove along the slats, and the frame of the door to the ward.
  shell.sheet([-4.4, 3.13, 3.5], [9.3, 0, 0], [0, 0, 0.06], { colour: [1.7, 1.3, 0.85], glows: true }, 3);
  doorFrame(shell, DOORS[2]!, 4.985);
  return shell;
}

/** A desk that looks to the north, in its own place: top, two legs, a screen on an arm, a keyboard, a chair behind. */
function oneDesk(shell: Shell): void {
  const { width, depth, height } = DESK;
  shell.box({ min: [-width / 2, height - 0.032, -depth / 2], max: [width / 2, height, depth / 2] }, OAK, { bevel: 0.006, cell: 0.16 });
  for (const x of [-width / 2 + 0.1, width / 2 - 0.14]) {
    shell.box({ min: [x, 0.04, -0.04], max: [x + 0.04, height - 0.03, 0.04] }, BLACK, { bevel: 0.004 });
    shell.box({ min: [x - 0.01, 0, -depth / 2 + 0.04], max: [x + 0.05, 0.04, depth / 2 - 0.04] }, BLACK, { bevel: 0.008 });
  }
  shell.box({ min: [-width / 2 + 0.12, height - 0.4, -depth / 2 + 0.02], max: [width / 2 - 0.12, height - 0.06, -depth / 2 + 0.035] }, FABRIC, { bevel: 0.002 });
  // The screen's back; its face is a picture of its own.
  shell.box({ min: [-0.36, height + 0.13, -0.245], max: [0.36, height + 0.55, -0.22] }, BLACK, { bevel: 0.008, without: ["south"] });
  shell.box({ min: [-0.03, height, -0.27], max: [0.03, height + 0.3, -0.245] }, STEEL, { bevel: 0.006 });
  shell.box({ min: [-0.13, height, -0.33], max: [0.13, height + 0.014, -0.16] }, STEEL, { bevel: 0.006 });
  shell.box({ min: [-0.22, height, 0.04], max: [0.22, height + 0.018, 0.18] }, BLACK, { bevel: 0.006 });
  shell.box({ min: [0.32, height, 0.07], max: [0.385, height + 0.025, 0.17] }, BLACK, { bevel: 0.01 });
  chair(shell);
}

function chair(shell: Shell): void {
  const z = 0.72;
  shell.box({ min: [-0.25, 0.42, z - 0.24], max: [0.25, 0.5, z + 0.24] }, FABRIC, { bevel: 0.03 });
  shell.box({ min: [-0.23, 0.6, z + 0.22], max: [0.23, 1.05, z + 0.28] }, FABRIC, { bevel: 0.025 });
  shell.pipe([[0, 0.08, z], [0, 0.42, z]], 0.03, STEEL, 8);
  shell.pipe([[0, 0.45, z + 0.22], [0, 0.75, z + 0.27]], 0.018, BLACK, 6);
  for (let leg = 0; leg < 5; leg++) {
    const turn = (leg / 5) * Math.PI * 2;
    shell.pipe([[0, 0.1, z], [Math.sin(turn) * 0.29, 0.05, z + Math.cos(turn) * 0.29]], 0.016, BLACK, 5);
  }
}

function pendant(shell: Shell, { at, u }: Lamp): void {
  const half = u[0];
  shell.box({ min: [at[0] - half - 0.02, at[1] + 0.01, at[2] - 0.05], max: [at[0] + half + 0.02, at[1] + 0.06, at[2] + 0.05] }, BLACK, { bevel: 0.01, cell: 1 });
  shell.sheet([at[0] - half, at[1] + 0.006, at[2] - 0.035], [half * 2, 0, 0], [0, 0, 0.07], { colour: [2.6, 2.1, 1.5], glows: true }, 1);
  for (const x of [-half * 0.8, half * 0.8]) shell.pipe([[at[0] + x, at[1] + 0.05, at[2]], [at[0] + x, 3.2, at[2]]], 0.004, BLACK, 4);
}

/** The stand with the telephone: a plinth, a set, a receiver on it. */
function stand(shell: Shell): void {
  const { min, max } = TELEPHONE;
  shell.box(TELEPHONE, OAK_DARK, { bevel: 0.012, cell: 0.2 });
  const [x, y, z] = [(min[0] + max[0]) / 2, max[1], (min[2] + max[2]) / 2];
  shell.box({ min: [x - 0.11, y, z - 0.1], max: [x + 0.11, y + 0.06, z + 0.12] }, BLACK, { bevel: 0.018 });
  shell.box({ min: [x - 0.1, y + 0.075, z - 0.09], max: [x - 0.045, y + 0.11, z + 0.11] }, TEAL, { bevel: 0.018 });
  shell.box({ min: [x - 0.02, y + 0.06, z - 0.06], max: [x + 0.09, y + 0.066, z + 0.08] }, { ...STEEL, gloss: 0.2 }, { bevel: 0.002 });
}

/** Slats of oak on the south wall, which the cove washes. */
function slats(shell: Shell): void {
  for (let x = -4.35; x < 4.85; x += 0.16) shell.box({ min: [x, 0.1, 3.9], max: [x + 0.09, 3.05, 3.965] }, OAK, { bevel: 0.004, cell: 0.6, without: ["south", "bottom"] });
}

/** Posts and rails of the glass wall to the machine room; the panes are drawn apart. */
function glassFrames(shell: Shell): void {
  const [x0, x1] = [-4.53, -4.47];
  for (const z of [-4, -2.45, -0.9, 0.65, 2.2, 3.6, 3.94]) shell.box({ min: [x0, 0, z - 0.025], max: [x1, 3.2, z + 0.025] }, BLACK, { bevel: 0.006 });
  for (const [low, high] of [[0, 0.1], [3.1, 3.2]] as const) shell.box({ min: [x0, low, -4], max: [x1, high, low ? 4 : 2.2] }, BLACK, { bevel: 0.006 });
  shell.box({ min: [x0, 2.25, 2.2], max: [x1, 2.32, 3.6] }, BLACK, { bevel: 0.006 });
  shell.box({ min: [x0, 0, 3.6], max: [x1, 0.1, 4] }, BLACK, { bevel: 0.006 });
}

/** The panes of glass, as boxes without thickness: for the drawing, and for nothing else. */
export const PANES: readonly Box[] = [
  ...[[-4, -2.45], [-2.45, -0.9], [-0.9, 0.65], [0.65, 2.2], [3.6, 3.94]].map(([a, b]) => ({ min: [-4.5, 0.1, a!] as Vec3, max: [-4.5, 3.1, b!] as Vec3 })),
  { min: [-4.5, 2.32, 2.2], max: [-4.5, 3.1, 3.6] },
];

/** A frame of wood around an opening. */
export function doorFrame(shell: Shell, door: Box, x: number): void {
  const [z0, z1, top] = [door.min[2], door.max[2], door.max[1]];
  for (const z of [z0 - 0.08, z1]) shell.box({ min: [x - 0.06, 0, z], max: [x + 0.06, top, z + 0.08] }, OAK_DARK, { bevel: 0.006 });
  shell.box({ min: [x - 0.06, top, z0 - 0.08], max: [x + 0.06, top + 0.08, z1 + 0.08] }, OAK_DARK, { bevel: 0.006 });
}
