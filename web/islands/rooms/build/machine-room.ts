// The machine room and the second room behind it: raised floor, two rows of racks that face each other, trays and strips of light.
import type { Network, Vec3 } from "../model.ts";
import { Shell, paint, type Paint } from "../light/shell.ts";
import type { Lamp, Lit } from "../light/bake.ts";
import { DOORS, ROOMS, standing, type Box } from "../plan/house.ts";
import { RACK, TRAY_Y, cabinets, rackBox, racks } from "../plan/racks.ts";
import { lamp, walls } from "./walls.ts";

const FLOOR = paint("#aeb9b6", { gloss: 0.62, pattern: "tiles" });
const PERFORATED = paint("#8b9794", { gloss: 0.35, pattern: "holes" });
const WALL = paint("#c3cdca", { gloss: 0.12 });
const ACCENT = paint("#0f6b5d", { gloss: 0.2 });
const DARK = paint("#232b2a", { gloss: 0.1 });
const CEILING = paint("#525756", { gloss: 0.05, pattern: "panels" });
const RACK_PAINT = paint("#474b4d", { gloss: 0.5 });
const STEEL = paint("#9aa5a3", { gloss: 0.5 });
const CABINET = paint("#d9dedb", { gloss: 0.35 });
const GRILLE = paint("#39413f", { gloss: 0.2, pattern: "holes" });
const COOL: Vec3 = [0.86, 0.96, 1];

const room = (id: string): Box => ROOMS.find((one) => one.id === id) ?? ROOMS[0]!;

/** The lamps of the two rooms: strips over the aisle, and a wash of light behind each row. */
export function machineLamps(): Lamp[] {
  const strips = [-6.1, -8.1, -10.1, -12.1].map((x) => lamp([x, 3.1, 0], [0.75, 0.06], COOL, 3.4));
  const washes = [-6.4, -9, -11.6].flatMap((x) => [lamp([x, 3.1, -3.3], [0.5, 0.05], COOL, 1.1), lamp([x, 3.1, 3.3], [0.5, 0.05], COOL, 1.1)]);
  const second = [lamp([-15.7, 3.1, 0], [0.75, 0.06], COOL, 3.2), lamp([-17.3, 3.1, 0], [0.4, 0.06], COOL, 1.6)];
  return [...strips, ...washes, ...second];
}

/** What stands in the two rooms, as light sees it. */
export function machineLit(network: Network): Lit {
  const trays = ([-1, 1] as const).map((side) => standing([-9, TRAY_Y - 0.03, side * 1.55], [8.4, 0.05, 0.42]));
  const boxes = [...racks(network).map(rackBox), ...cabinets(network).map((one) => one.box), ...trays];
  return { lamps: machineLamps(), boxes, ambient: [0.19, 0.2, 0.208] };
}

/** The shells of both rooms; the first is the machine room's. */
export function machineRooms(network: Network): { first: Shell; second: Shell } {
  const [first, second] = [new Shell(), new Shell()];
  walls(second, room("second"), { floor: FLOOR, wall: WALL, ceiling: CEILING, skirting: DARK }, { east: [DOORS[0]!] });
  walls(first, room("machine"), { floor: FLOOR, wall: WALL, ceiling: CEILING, skirting: DARK }, { west: [DOORS[0]!] }, ["east"]);
  // A band of colour on the far walls says where one is, and gives the eye an end.
  second.box({ min: [-17.98, 0.9, -4], max: [-17.95, 1.5, 4] }, ACCENT);
  for (const z of [-3.98, 3.95]) first.box({ min: [-13.5, 2.3, z], max: [-4.5, 2.36, z + 0.03] }, ACCENT, { bevel: 0 });
  for (let x = -6.9; x > -10; x -= 0.6) first.sheet([x - 0.29, 0.004, 0.29], [0.58, 0, 0], [0, 0, -0.58], PERFORATED, 0.6);
  frames(first, second, network);
  for (const one of cabinets(network)) cabinet(one.box.min[0] < -13.5 ? second : first, one.kind, one.box);
  for (const it of machineLamps()) luminaire(it.at[0] < -13.5 ? second : first, it);
  return { first, second };
}

function frames(first: Shell, second: Shell, network: Network): void {
  for (const rack of racks(network)) {
    const near = rack.at[0] > -13.5;
    const shell = near ? first : second;
    const { min, max } = rackBox(rack);
    // The body stands back behind the front, which is drawn as a picture; the frame around it catches the light.
    const [front, back] = rack.front === 1 ? [max[2], min[2]] : [min[2], max[2]];
    const inner = front - rack.front * 0.05;
    const span = (a: number, b: number): [number, number] => [Math.min(a, b), Math.max(a, b)];
    const [z0, z1] = span(back, inner);
    shell.box({ min: [min[0], 0, z0], max: [max[0], max[1], z1] }, RACK_PAINT, { bevel: 0.01 });
    for (const x of [min[0] - 0.006, max[0]]) {
      for (const y of [0.12, 1.12]) shell.box({ min: [x, y, z0 + 0.07], max: [x + 0.006, y + 0.9, z1 - 0.07] }, RACK_PAINT, { bevel: 0.002 });
    }
    const [f0, f1] = span(inner, front);
    for (const x of [min[0], max[0] - 0.055]) shell.box({ min: [x, 0, f0], max: [x + 0.055, max[1], f1] }, RACK_PAINT, { bevel: 0.006 });
    for (const y of [0, max[1] - 0.06]) shell.box({ min: [min[0] + 0.055, y, f0], max: [max[0] - 0.055, y + (y ? 0.06 : 0.07), f1] }, RACK_PAINT, { bevel: 0.004 });
  }
  tray(first, [-11.4, -5], 1.55);
  tray(first, [-11.4, -5], -1.55);
  for (const x of [-6.75, -10.4]) bridge(first, x);
  tray(second, [-16.8, -13.5], -1.55);
  tray(first, [-13.5, -11.4], -1.55);
}

/** A ladder for cables: two rails, rungs, and rods to the ceiling. */
function tray(shell: Shell, [from, to]: [number, number], z: number): void {
  for (const side of [-0.22, 0.22]) shell.box({ min: [from, TRAY_Y - 0.03, z + side - 0.012], max: [to, TRAY_Y + 0.05, z + side + 0.012] }, STEEL, { bevel: 0.004, cell: 0.8 });
  for (let x = from + 0.15; x < to; x += 0.4) shell.box({ min: [x - 0.015, TRAY_Y - 0.02, z - 0.22], max: [x + 0.015, TRAY_Y, z + 0.22] }, STEEL, { bevel: 0, cell: 1 });
  for (let x = from + 0.6; x < to; x += 1.8) shell.pipe([[x, TRAY_Y, z], [x, 3.2, z]], 0.008, STEEL, 5);
}

/** The same across the aisle, from one row to the other. */
function bridge(shell: Shell, x: number): void {
  for (const side of [-0.2, 0.2]) shell.box({ min: [x + side - 0.012, TRAY_Y - 0.03, -1.35], max: [x + side + 0.012, TRAY_Y + 0.05, 1.35] }, STEEL, { bevel: 0.004, cell: 0.8 });
  for (let z = -1.2; z < 1.3; z += 0.4) shell.box({ min: [x - 0.2, TRAY_Y - 0.02, z - 0.015], max: [x + 0.2, TRAY_Y, z + 0.015] }, STEEL, { bevel: 0, cell: 1 });
}

function cabinet(shell: Shell, kind: "feed" | "cooler", box: Box): void {
  shell.box(box, kind === "cooler" ? CABINET : RACK_PAINT, { bevel: 0.018 });
  const inward = box.min[2] < 0 ? 1 : -1;
  const z = inward === 1 ? box.max[2] : box.min[2];
  const at = (low: number, high: number, by: number): Box => ({ min: [box.min[0] + 0.12, low, Math.min(z, z + inward * by)], max: [box.max[0] - 0.12, high, Math.max(z, z + inward * by)] });
  shell.box(at(kind === "cooler" ? 0.2 : 1.0, kind === "cooler" ? 1.1 : 1.5, 0.012), GRILLE, { bevel: 0.004, cell: 0.5 });
  shell.box(at(1.62, 1.64, 0.014), ACCENT, { bevel: 0 });
}

function luminaire(shell: Shell, { at, u, v }: Lamp): void {
  const glow: Paint = { colour: [2.3, 2.55, 2.7], glows: true };
  const [half, wide] = [u[0], v[2]];
  shell.box({ min: [at[0] - half - 0.03, at[1] + 0.01, at[2] - wide - 0.03], max: [at[0] + half + 0.03, at[1] + 0.07, at[2] + wide + 0.03] }, DARK, { bevel: 0.004, cell: 1 });
  shell.sheet([at[0] - half, at[1] + 0.005, at[2] - wide], [half * 2, 0, 0], [0, 0, wide * 2], glow, 2);
}

export const RACK_FRONT = { width: RACK.width - 0.11, height: RACK.height - 0.13, foot: 0.07 };
